"""Words as they are compared: one spelling for what people write in many."""

import re
import unicodedata

_FOLDED = str.maketrans(
    {
        "ي": "ی", "ى": "ی", "ئ": "ی", "ك": "ک", "ه": "ہ", "ة": "ہ", "ۃ": "ہ", "ھ": "ہ", "ۂ": "ہ",
        "آ": "ا", "أ": "ا", "إ": "ا", "ٱ": "ا", "ؤ": "و",
        "'": "", "’": "", "‘": "", "`": "", "ـ": "", "\u200c": "", "\u200d": "",
    }
)  # fmt: skip
_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> tuple[str, ...]:
    """The words of `text`: folded to one form of each letter, lower case, Latin digits."""
    plain = unicodedata.normalize("NFKC", text).translate(_FOLDED).casefold()
    bare = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
    return tuple(_WORD.findall(bare.translate(_DIGITS)))


_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
