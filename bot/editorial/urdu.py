"""What the rules say in Urdu, by what their tables say in English."""

import re
from collections.abc import Mapping

from bot.core.records import Language
from bot.editorial.findings import Finding

IN_URDU: Mapping[str, str] = {
    "a factual sentence without a source": "حقائق بیان کرنے والا جملہ جس کا کوئی ماخذ نہیں",
    "cite the source inside the sentence, [@source-id], or take the sentence out":
        "جملے کے اندر ماخذ کا حوالہ دیجیے، ⁨[@source-id]⁩، یا جملہ نکال دیجیے",
    "a count that rests on too little": "تعداد جس کی بنیاد کمزور ہے",
    "give the date and a second source of another origin":
        "تاریخ اور کسی دوسرے ادارے کا ایک اور ماخذ دیجیے",
    "responsibility told as a fact, and the record does not have it so":
        "ذمہ داری کو حقیقت بنا کر پیش کیا گیا، جبکہ ریکارڈ ایسا نہیں کہتا",
    "say who claimed it or who attributes it to whom":
        "بتائیے کہ دعویٰ کس نے کیا یا کون کس پر ذمہ داری ڈالتا ہے",
    "not checked for too long": "بہت عرصے سے جانچا نہیں گیا",
    "look at the sources again, then set the new date":
        "ماخذ دوبارہ دیکھیے، پھر نئی تاریخ درج کیجیے",
    "a quotation without its speaker and source": "اقتباس جس کے ساتھ کہنے والا اور ماخذ نہیں",
    "name the speaker and cite the source in the same sentence, or paraphrase":
        "اسی جملے میں کہنے والے کا نام اور ماخذ دیجیے، یا بات اپنے لفظوں میں کہیے",
    "a religious ruling or text in our own voice, or without its reference":
        "دینی حکم یا متن ہماری اپنی زبان سے، یا حوالے کے بغیر",
    "say which scholars hold it and cite the document":
        "بتائیے کہ یہ کن علما کی رائے ہے اور دستاویز کا حوالہ دیجیے",
    "names a perpetrator": "حملہ آور کا نام لیا گیا ہے",
    "leave the name out: say what was done to whom": "نام نکال دیجیے: بتائیے کہ کس کے ساتھ کیا ہوا",
    "leads to a channel or group that is not ours":
        "ایسے چینل یا گروپ کی طرف لے جاتا ہے جو ہمارا نہیں",
    "take the link out; cite the press that reports it":
        "لنک نکال دیجیے؛ جس اخبار نے خبر دی اس کا حوالہ دیجیے",
    "graphic words": "دل دہلا دینے والے الفاظ",
    "say what happened to people, without the body":
        "بتائیے کہ لوگوں پر کیا گزری، جسموں کا ذکر کیے بغیر",
    "tells method, weapon, route or a gap in security":
        "طریقہ، ہتھیار، راستہ یا حفاظتی کمزوری بتاتا ہے",
    "leave out how it was done": "یہ نہ بتائیے کہ کیسے کیا گیا",
    "words that make attackers look great": "الفاظ جو حملہ آوروں کو بڑا بنا کر دکھاتے ہیں",
    "use a plain word: attacker, organiser, suspect": "سادہ لفظ لکھیے: حملہ آور، منتظم، مشتبہ شخص",
    "a group's own title as if it were a fact": "گروہ کا خود ساختہ لقب حقیقت کے طور پر",
    'use the name that others give it, or write "self-styled" beside it':
        "وہ نام لکھیے جس سے دوسرے اسے پکارتے ہیں، یا ساتھ ”نام نہاد“ لکھیے",
    "carries a slogan, an anthem or a group's name further":
        "نعرہ، ترانہ یا گروہ کا نام آگے پھیلاتا ہے",
    "tell the claim plainly; keep the group out of the hashtag":
        "دعویٰ سادہ لفظوں میں بتائیے؛ ہیش ٹیگ میں گروہ کا نام نہ رکھیے",
    "makes a victim or a child identifiable without consent":
        "متاثرہ شخص یا بچے کی شناخت اجازت کے بغیر ظاہر ہوتی ہے",
    "leave out name, class, age and family tie, or record the family's consent":
        "نام، جماعت، عمر اور رشتہ نہ لکھیے، یا خاندان کی رضامندی درج کیجیے",
    "a memorial that is only a number": "یادگاری پوسٹ جو محض ایک عدد ہے",
    "say who they were and what they did": "بتائیے کہ وہ کون تھے اور کیا کرتے تھے",
    "triumph, revenge or speaking for the families":
        "فتح یا انتقام کا لہجہ، یا لواحقین کی طرف سے بات",
    "remember the people; leave feelings to those who have them":
        "لوگوں کو یاد کیجیے؛ جذبات انھی پر چھوڑیے جن کے ہیں",
    "a button that a memorial may not have": "ایسا بٹن جو یادگاری پوسٹ میں نہیں ہو سکتا",
    "leave Sources and Get help alone": "صرف ماخذ اور مدد کے بٹن رہنے دیجیے",
    "blames a community": "کسی برادری کو قصوروار ٹھہراتا ہے",
    "name the group or the people who did it, never sect, school, people or nation":
        "جس گروہ یا جن لوگوں نے کیا ان کا نام لیجیے، کسی مسلک، مکتب، قوم یا ملک کا نہیں",
    "takfir in our own voice": "ہماری اپنی زبان سے تکفیر",
    "say who calls whom so, in quotation marks with the source; never call anybody so":
        "واوین میں ماخذ کے ساتھ بتائیے کہ کون کسے ایسا کہتا ہے؛ خود کسی کو نہ کہیے",
    "calls people animals, vermin or a disease": "انسانوں کو جانور، کیڑے یا بیماری کہا گیا ہے",
    "say what they did": "بتائیے کہ انھوں نے کیا کیا",
    "calls for violence or for hunting people": "تشدد یا لوگوں کے تعاقب پر اکساتا ہے",
    "take it out; point to the law or to help": "اسے نکال دیجیے؛ قانون یا مدد کا راستہ بتائیے",
    "joins a faith and terror in one term": "مذہب اور دہشت کو ایک ہی اصطلاح میں جوڑتا ہے",
    "name the group": "گروہ کا نام لیجیے",
    "a foreign hand, without a court or the UN on record":
        "بیرونی ہاتھ کی بات، عدالت یا اقوامِ متحدہ کے ریکارڈ کے بغیر",
    "cite the court or UN record, or take it out":
        "عدالت یا اقوامِ متحدہ کے ریکارڈ کا حوالہ دیجیے، یا اسے نکال دیجیے",
    "praises a party or an institution": "کسی جماعت یا ادارے کی تعریف کرتا ہے",
    "say what was done, and leave the thanks to the reader":
        "بتائیے کہ کیا کیا گیا، شکریہ پڑھنے والے پر چھوڑیے",
    "wording that touches religious-offence law or protected titles":
        "ایسے الفاظ جو توہینِ مذہب کے قانون یا محفوظ القابات کی زد میں آتے ہیں",
    "have a senior reviewer read this language, or word it without the term":
        "کسی سینئر جائزہ کار سے اس زبان کا متن پڑھوائیے، یا یہ لفظ استعمال نہ کیجیے",
    "a myth without its explanation, or in the headline":
        "غلط فہمی جس کی وضاحت نہیں، یا جو سرخی میں ہے",
    "lead with the fact and build on a narrative that has why_false":
        "بات حقیقت سے شروع کیجیے اور ایسے بیانیے پر بنائیے جس میں ⁨why_false⁩ ہو",
    "fear without anything to do": "خوف دلاتا ہے مگر کرنے کو کچھ نہیں بتاتا",
    "add a line on what helps": "ایک سطر لکھیے کہ کس بات سے مدد ملتی ہے",
    "no call to action, or more than one": "عمل کی کوئی دعوت نہیں، یا ایک سے زیادہ ہیں",
    "ask for one thing": "ایک ہی کام کا کہیے",
    "claims more than can be shown": "جتنا ثابت ہو سکتا ہے اس سے زیادہ دعویٰ",
    "say what is known, of what time, and how far it goes":
        "بتائیے کہ کیا معلوم ہے، کس وقت کا ہے اور کہاں تک درست ہے",
    "shouts or baits": "چیختا ہے یا تجسس سے پھنساتا ہے",
    "say it plainly, in small letters, with at most one exclamation mark":
        "سادگی سے کہیے، زیادہ سے زیادہ ایک علامتِ فجائیہ کے ساتھ",
    "too long to read on a phone": "فون پر پڑھنے کے لیے بہت لمبا",
    "make two of it": "اس کے دو حصے کر دیجیے",
    "hashtags too many, hard to read or not registered":
        "ہیش ٹیگ بہت زیادہ، پڑھنے میں مشکل یا فہرست سے باہر ہیں",
    "use at most three of hashtags.yaml, in CamelCase or with underscores":
        "⁨hashtags.yaml⁩ میں سے زیادہ سے زیادہ تین لیجیے، لفظ بڑے حرف یا زیریں خط سے الگ ہوں",
    "a group named where a trick is to be learned":
        "جہاں چال پہچاننا سکھایا جا رہا ہے وہاں گروہ کا نام",
    "show the trick in a weak, harmless example of everyday life":
        "چال روزمرہ زندگی کی ایک ہلکی، بے ضرر مثال سے دکھائیے",
    "lacks what its type needs": "اس قسم کی پوسٹ کے لیے جو لازم ہے وہ موجود نہیں",
    "add it, or choose another type": "اسے شامل کیجیے، یا کوئی اور قسم چنیے",
    "a picture that nobody described": "تصویر جس میں کیا ہے یہ کسی نے بیان نہیں کیا",
    "say in 15 characters or more what can be seen":
        "کم از کم 15 حروف میں بتائیے کہ کیا نظر آتا ہے",
    "Urdu and English do not say the same": "اردو اور انگریزی ایک بات نہیں کہتیں",
    "translate it, or cite the same sources in both":
        "ترجمہ کیجیے، یا دونوں میں ایک ہی ماخذ کا حوالہ دیجیے",
    "a line that mixes directions": "سطر جس میں دائیں اور بائیں سے لکھی زبانیں گڈمڈ ہیں",
    "write it in Urdu letters, or put the link on a line of its own":
        "اردو حروف میں لکھیے، یا لنک الگ سطر پر رکھیے",
    "a link that is not plain and safe": "لنک جو سادہ اور محفوظ نہیں",
    "give the full https address, without tracking or preview":
        "پورا ⁨https⁩ پتا دیجیے، نگرانی کے اضافوں اور جھلک کے بغیر",
    "a reader cannot find out who runs this": "پڑھنے والا نہیں جان سکتا کہ اسے کون چلاتا ہے",
    "give it a button that leads to the bot": "ایسا بٹن لگائیے جو بوٹ تک لے جائے",
    "somebody's number, address or plate": "کسی کا نمبر، پتا یا گاڑی کا نمبر",
    "take it out; only help lines of the register are given":
        "اسے نکال دیجیے؛ صرف فہرست میں درج امدادی نمبر دیے جاتے ہیں",
    "tells the reader that he is suspected or watched":
        "پڑھنے والے سے کہتا ہے کہ اس پر شک یا نظر ہے",
    "speak of the offer, not of the reader": "مدد کی بات کیجیے، پڑھنے والے کی نہیں",
    "told by somebody who has not agreed in writing": "جس نے یہ بتایا اس کی تحریری رضامندی نہیں",
    "record the consent, or take it out": "رضامندی درج کیجیے، یا اسے نکال دیجیے",
    "an hour at which people are not to be disturbed": "ایسا وقت جب لوگوں کو زحمت نہیں دی جاتی",
    "choose another hour": "کوئی اور وقت چنیے",
    "9 and 10 Muharram are for memorials alone": "9 اور 10 محرم صرف یادگاری پوسٹوں کے لیے ہیں",
    "choose another day": "کوئی اور دن چنیے",
    "the day does not allow this type of post": "اس دن اس قسم کی پوسٹ نہیں جا سکتی",
    "choose another day, or send a memorial": "کوئی اور دن چنیے، یا یادگاری پوسٹ بھیجیے",
    "a day of remembrance in this channel": "اس چینل میں یہ یاد کا دن ہے",
    "let the memorial stand alone; choose another day":
        "یادگاری پوسٹ کو تنہا رہنے دیجیے؛ کوئی اور دن چنیے",
    "a repeated post past its review": "دہرائی جانے والی پوسٹ جس کے جائزے کی تاریخ گزر چکی",
    "review the record, or end the series": "ریکارڈ کا جائزہ لیجیے، یا سلسلہ ختم کیجیے",
    "too close to another post of the channel": "چینل کی کسی اور پوسٹ کے بہت قریب",
    "move one of them": "دونوں میں سے ایک کا وقت بدلیے",
    "too many posts in a day": "ایک دن میں بہت زیادہ پوسٹیں",
    "move one to another day": "ایک کو کسی اور دن رکھیے",
    "the channel had or will have this text": "یہ متن چینل میں آ چکا ہے یا آنے والا ہے",
    "leave more time between them, or word it anew":
        "درمیان میں زیادہ وقفہ دیجیے، یا نئے لفظوں میں لکھیے",
    "sent too often": "بہت بار بھیجی جا چکی",
    "end the series, or word it anew": "سلسلہ ختم کیجیے، یا نئے لفظوں میں لکھیے",
    "the channel tells too much of groups": "چینل گروہوں کے بارے میں بہت زیادہ بات کر رہا ہے",
    "put constructive posts between": "درمیان میں تعمیری پوسٹیں رکھیے",
    "two counter campaigns in a row": "دو جوابی مہمات ایک کے بعد ایک",
    "put another campaign between them": "ان کے درمیان کوئی اور مہم رکھیے",
    "victims of one community only": "صرف ایک ہی برادری کے متاثرین",
    "tell of others who were hit too": "دوسروں کا بھی ذکر کیجیے جو نشانہ بنے",
    "built on a record past its review": "ایسے ریکارڈ پر مبنی جس کے جائزے کی تاریخ گزر چکی",
    "review the record first": "پہلے ریکارڈ کا جائزہ لیجیے",
    "built on a record that cannot be used": "ایسے ریکارڈ پر مبنی جو استعمال نہیں ہو سکتا",
    "build it on another record, or cancel it": "کسی اور ریکارڈ پر بنائیے، یا منسوخ کیجیے",
    "older than the text it translates": "اس متن سے پرانی جس کا یہ ترجمہ ہے",
    "translate the changed text, then submit it again":
        "بدلے ہوئے متن کا ترجمہ کیجیے، پھر دوبارہ جمع کرائیے",
}  # fmt: skip

_CASES = (
    (r"collides with post (\d+), (\d+) minutes away", "پوسٹ {} سے ٹکراتی ہے، فاصلہ {} منٹ"),
    (r"(\d+) minutes from post (\d+)", "{} منٹ کا فاصلہ، پوسٹ {} سے"),
    (r"(\d+) posts that day; (\d+) are enough", "اس دن {} پوسٹیں؛ {} کافی ہیں"),
    (r"the same as post (\d+) of (\S+)", "بعینہٖ پوسٹ {} مورخہ ⁨{}⁩"),
    (r"much like post (\d+) of (\S+)", "بہت ملتی جلتی پوسٹ {} مورخہ ⁨{}⁩"),
    (r"quiet hours, (\S+) to (\S+)", "خاموشی کے اوقات، ⁨{}⁩ سے ⁨{}⁩ تک"),
    (r"Friday prayer, (\S+) to (\S+)", "نمازِ جمعہ، ⁨{}⁩ سے ⁨{}⁩ تک"),
    (r"around iftar", "افطار کے آس پاس"),
    (r"post (\d+) remembers that day", "پوسٹ {} اس دن کی یاد میں ہے"),
    (r"post (\d+) goes to the channel too", "پوسٹ {} بھی اسی چینل میں جاتی ہے"),
    (r"(\S+) is to be reviewed by (\S+)", "⁨{}⁩ کا جائزہ ⁨{}⁩ تک ہونا تھا"),
    (r"(\S+) has been removed", "⁨{}⁩ ہٹا دیا گیا ہے"),
    (r"post (\d+) has been changed since", "پوسٹ {} اس کے بعد بدل چکی ہے"),
)
"""How a case is told in English by the rules of planning, and in Urdu."""


def told_in(language: Language, finding: Finding) -> Finding:
    """The finding in that language; a case that is a name or a quotation stays as it is."""
    if language == "en":
        return finding
    wrong, _, about = finding.message.partition(": ")
    said = IN_URDU.get(wrong, wrong) + (f": {_case(about)}" if about else "")
    return finding._replace(message=said, cure=IN_URDU.get(finding.cure, finding.cure))


def _case(about: str) -> str:
    for pattern, urdu in _CASES:
        if found := re.fullmatch(pattern, about):
            return urdu.format(*found.groups())
    return about
