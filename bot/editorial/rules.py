"""The rules: an id, a severity, what is wrong in a line, how to mend it, and the check.

A rule that is a word list is a row that names the list in `content/lexicons/`.
"""

from typing import NamedTuple

from bot.editorial import contagion, craft, dignity, post_types, privacy, sourcing
from bot.editorial.contagion import is_kept_at_a_distance
from bot.editorial.findings import Severity
from bot.editorial.matching import (
    Check,
    in_anothers_voice,
    in_attributed_quotation,
    together,
    words,
)


class Rule(NamedTuple):
    id: str
    severity: Severity
    wrong: str
    cure: str
    check: Check


RULES: tuple[Rule, ...] = (
    Rule(
        "S1", "error", "a factual sentence without a source",
        "cite the source inside the sentence, [@source-id], or take the sentence out",
        sourcing.uncited,
    ),
    Rule(
        "S2", "warning", "a count that rests on too little",
        "give the date and a second source of another origin",
        sourcing.thinly_counted,
    ),
    Rule(
        "S3", "error", "responsibility told as a fact, and the record does not have it so",
        "say who claimed it or who attributes it to whom",
        sourcing.flatly_responsible,
    ),
    Rule(
        "S4", "error", "not checked for too long",
        "look at the sources again, then set the new date",
        sourcing.out_of_date,
    ),
    Rule(
        "S5", "error", "a quotation without its speaker and source",
        "name the speaker and cite the source in the same sentence, or paraphrase",
        sourcing.unowned_quotation,
    ),
    Rule(
        "S6", "error", "a religious ruling or text in our own voice, or without its reference",
        "say which scholars hold it and cite the document",
        together(words("rulings"), words("scripture", excuse=sourcing.is_cited)),
    ),
    Rule(
        "C1", "error", "names a perpetrator",
        "leave the name out: say what was done to whom",
        contagion.named_perpetrator,
    ),
    Rule(
        "C2", "error", "leads to a channel or group that is not ours",
        "take the link out; cite the press that reports it",
        post_types.foreign_chats,
    ),
    Rule(
        "C3", "error", "graphic words",
        "say what happened to people, without the body",
        words("graphic"),
    ),
    Rule(
        "C4", "error", "tells method, weapon, route or a gap in security",
        "leave out how it was done",
        words("methods"),
    ),
    Rule(
        "C5", "error", "words that make attackers look great",
        "use a plain word: attacker, organiser, suspect",
        words("glamour"),
    ),
    Rule(
        "C6", "error", "a group's own title as if it were a fact",
        "use the name that others give it, or write \"self-styled\" beside it",
        words("titles", but=("alias", "name", "claim"), excuse=is_kept_at_a_distance),
    ),
    Rule(
        "C7", "error", "carries a slogan, an anthem or a group's name further",
        "tell the claim plainly; keep the group out of the hashtag",
        together(words("slogans"), contagion.group_in_hashtag),
    ),
    Rule(
        "D1", "error", "makes a victim or a child identifiable without consent",
        "leave out name, class, age and family tie, or record the family's consent",
        dignity.identified_victim,
    ),
    Rule(
        "D2", "warning", "a memorial that is only a number",
        "say who they were and what they did",
        together(dignity.only_a_number, post_types.counted_headline),
    ),
    Rule(
        "D3", "warning", "triumph, revenge or speaking for the families",
        "remember the people; leave feelings to those who have them",
        together(dignity.triumph, post_types.cheer),
    ),
    Rule(
        "D4", "error", "a button that a memorial may not have",
        "leave Sources and Get help alone",
        post_types.buttons_of_memorials,
    ),
    Rule(
        "H1", "error", "blames a community",
        "name the group or the people who did it, never sect, school, people or nation",
        dignity.blamed_community,
    ),
    Rule(
        "H2", "error", "takfir in our own voice",
        "say who calls whom so, in quotation marks with the source; never call anybody so",
        words("takfir", but=("alias", "claim"), excuse=in_anothers_voice),
    ),
    Rule(
        "H3", "error", "calls people animals, vermin or a disease",
        "say what they did",
        words("dehumanising"),
    ),
    Rule(
        "H4", "error", "calls for violence or for hunting people",
        "take it out; point to the law or to help",
        words("incitement"),
    ),
    Rule(
        "H5", "error", "joins a faith and terror in one term",
        "name the group",
        words("faith-and-terror", excuse=in_attributed_quotation),
    ),
    Rule(
        "H6", "warning", "a foreign hand, without a court or the UN on record",
        "cite the court or UN record, or take it out",
        words("foreign-hand", excuse=dignity.is_on_record),
    ),
    Rule(
        "H7", "error", "praises a party or an institution",
        "say what was done, and leave the thanks to the reader",
        dignity.partisan,
    ),
    Rule(
        "H9", "error", "wording that touches religious-offence law or protected titles",
        "have a senior reviewer read this language, or word it without the term",
        words("religious-offence", excuse=sourcing.is_reviewed),
    ),
    Rule(
        "M1", "error", "a myth without its explanation, or in the headline",
        "lead with the fact and build on a narrative that has why_false",
        craft.unexplained_myth,
    ),
    Rule(
        "M2", "warning", "fear without anything to do",
        "add a line on what helps",
        craft.fear_alone,
    ),
    Rule(
        "M3", "warning", "no call to action, or more than one",
        "ask for one thing",
        craft.calls_to_action,
    ),
    Rule(
        "M4", "warning", "claims more than can be shown",
        "say what is known, of what time, and how far it goes",
        words("absolutes", but=("alias", "claim", "option"), excuse=in_attributed_quotation),
    ),
    Rule(
        "M5", "warning", "shouts or baits",
        "say it plainly, in small letters, with at most one exclamation mark",
        together(words("clickbait"), craft.shouting),
    ),
    Rule(
        "M6", "warning", "too long to read on a phone",
        "make two of it",
        craft.too_long,
    ),
    Rule(
        "M7", "warning", "hashtags too many, hard to read or not registered",
        "use at most three of hashtags.yaml, in CamelCase or with underscores",
        together(craft.hashtags, post_types.unregistered),
    ),
    Rule(
        "M8", "warning", "a group named where a trick is to be learned",
        "show the trick in a weak, harmless example of everyday life",
        post_types.group_in_prebunk,
    ),
    Rule(
        "M9", "error", "lacks what its type needs",
        "add it, or choose another type",
        post_types.incomplete,
    ),
    Rule(
        "A1", "error", "a picture that nobody described",
        "say in 15 characters or more what can be seen",
        craft.without_alt,
    ),
    Rule(
        "A2", "warning", "Urdu and English do not say the same",
        "translate it, or cite the same sources in both",
        craft.untranslated,
    ),
    Rule(
        "A3", "warning", "a line that mixes directions",
        "write it in Urdu letters, or put the link on a line of its own",
        craft.mixed_direction,
    ),
    Rule(
        "L1", "error", "a link that is not plain and safe",
        "give the full https address, without tracking or preview",
        together(craft.unsafe_links, post_types.previews),
    ),
    Rule(
        "L2", "error", "a reader cannot find out who runs this",
        "give it a button that leads to the bot",
        post_types.undisclosed,
    ),
    Rule(
        "P1", "error", "somebody's number, address or plate",
        "take it out; only help lines of the register are given",
        privacy.personal_data,
    ),
    Rule(
        "P2", "error", "tells the reader that he is suspected or watched",
        "speak of the offer, not of the reader",
        words("suspicion"),
    ),
    Rule(
        "P3", "error", "told by somebody who has not agreed in writing",
        "record the consent, or take it out",
        post_types.without_consent,
    ),
)  # fmt: skip
