"""Content files: YAML to core types, with every fault told where it is and how to mend it."""

from bot.adapters.content_files.folder import Content, ContentFolder, load_content

__all__ = ["Content", "ContentFolder", "load_content"]
