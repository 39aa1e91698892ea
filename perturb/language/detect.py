"""Whether a text is English: cheap, and made to let anything through that might be (names, code, key words)."""

from __future__ import annotations

import re
from functools import lru_cache

HEAD = 200  # characters that settle it for ordinary English
FIRST = 16  # words that mostly settle it
MOST = 2000  # characters looked at where they do not

# Words that English uses all the time and none of the languages below uses at all (no "in", "is", "was", "to", "my").
_ENGLISH = frozenset(
    """the and that with what which how this these those are have has from you your it its they their there were been
    would should could when where who whose why does did she his not if can at than then into about after before some
    any each other many much more most between because while during only also such both following if it's don't
    doesn't what's i'm i've i'd who's how's where's isn't can't you're he's she's that's word words sentence english
    mean means question answer write text find please need want like get give show tell help make made every three
    four five number first two day days year years people being used using according statement true false likely best
    let suppose given calculate both all only very too out up new used known called following per each""".split()
)

# Function words of other languages that are no English words, and not those that stand in names (de, la, el, von).
_OTHERS = {
    "Spanish": "que una por para está como pero más sus cuando donde dónde muy este esta estos cuál qué cómo tiene "
    "también fue ser desde hasta porque cuánto cuántos cuántas quién ella ellos puede sobre entre todos unos",
    "French": "une est dans avec qui pas sont cette ces être ont été aux mais où quel quelle quels quelles comment je "
    "vous nous elle très leur ses ce sur pourquoi combien c'est d'un d'une qu'il ils fait après depuis",
    "German": "und ist nicht ein eine einen einem einer das dem des auf für sich auch wie wird werden sind ich sie "
    "wir zu zum zur bei wenn wann kann kannst du mir dir mich bitte mein meine seit schon haben habe aus nach über noch oder aber hatte wurde warum wer welche welcher welches viele",
    "Italian": "che una sono della delle dei degli nel nella con come più questo questa anche gli dove quando perché "
    "quale quanto quanti quante ma suo sua loro alla dal dalla dopo prima essere stato cosa",
    "Portuguese": "que uma não para com por são como mais ele ela seu sua foi ao das pelo pela você está qual quais "
    "quando onde quem muito também isso este esta quanto quantos quantas até depois ser tem",
    "Dutch": "het een niet dat zijn voor ook naar wordt werd zij wat waar wie waarom welke deze dit maar bij uit "
    "heeft hebben kan kunnen veel nog als ik je mijn zich aan twee tussen omdat worden geen jij",
    "Swedish": "och att det är som inte ett på av har med kan jag vad hur när från vid efter vilken vilket hon sig "
    "många mycket också eller där mellan blev ska skulle sitt varför",
    "Danish": "og det er ikke på af har med til kan jeg hvad hvor hvordan når fra ved efter hvilken som hun sig mange "
    "meget også eller mellem blev skal hvorfor hvem være",
    "Norwegian": "og det er ikke på av har med til kan jeg hva hvor hvordan når fra ved etter hvilken som hun seg "
    "mange mye også eller mellom ble skal hvorfor hvem være",
    "Polish": "nie się jest że jak od dla czy gdzie kiedy który która które ile przez był była było są oraz po przed "
    "tej tego jego jej ich może tylko już także dlaczego jaki jaka jakie",
    "Czech": "je se že jak kde kdy který která které kolik byl byla bylo jsou nebo po před ta má jeho její jejich "
    "může jen už také proč jaký jaká jaké není jsem jako když",
    "Turkish": "bir ve bu için ile da ne nasıl nerede kaç çok daha olan olarak değil mi mı gibi kadar sonra önce "
    "hangi neden oldu iki şey zaman",
    "Indonesian": "yang di dari ini itu untuk dengan adalah pada tidak akan ke apa bagaimana berapa siapa mana oleh "
    "juga saya kamu dia mereka ada atau dalam karena bisa sudah lebih setelah telah seorang sebuah kapan mengapa",
    "Vietnamese": "là của và có không được cho những một các trong với này đã người tôi bao nhiêu nào ở khi từ đến để "
    "như thế anh bạn nó về rằng tại sao gì hơn sau",
    "Finnish": "ja ei se että oli hän kun mutta mitä missä kuinka mikä joka ovat myös tai niin kuin minä olen sitten "
    "jos miksi kuka tämä paljon monta ennen jälkeen voi",
    "Hungarian": "és egy nem hogy hol mikor hány ki mennyi csak már mert ez vagy lehet melyik miért hogyan után "
    "nagyon kell",
    "Romanian": "și este nu pe din pentru sunt ce unde când cât câte mai se după fost sau dar această acest foarte "
    "între lui",
}

# Words of those languages that English has too, or that stand in names and titles: they count only where no English
# function word stands beside them.
_WEAK = {
    "Spanish": "de la el los las del en con se un al su lo hay mi",
    "French": "de la le les du des en et un au pour d' l' j' n' s' plus sa il son par l'on",
    "German": "der die den von im mit es vom einen",
    "Italian": "di la il lo le del un da al si ha non chi l' dell' nell' un' dei",
    "Portuguese": "de da dos um uma em na nas os se eu",
    "Dutch": "de van en met op te om hoe er bij naar",
    "Swedish": "en den de till för om var sin han än så",
    "Danish": "en et den de om var han så stor",
    "Norwegian": "en et den de om var han så stor",
    "Polish": "na ma co po za od we ten",
    "Czech": "na ma co od za si se",
    "Turkish": "en kim ama var ben mı mu mü",
    "Indonesian": "dan di ke ia bagi para",
    "Vietnamese": "cho ra hay bao",
    "Finnish": "ne se nyt kaikki",
    "Hungarian": "az van meg de ha el mi",
    "Romanian": "de la cu un care al ale lui",
}
_ALSO_ENGLISH = _ENGLISH | frozenset("to for by my we us our her him or be an of will just".split())

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# Letters of other scripts. Greek counts in words only: a lone one is a formula's.
_OTHER_SCRIPT = re.compile(r"[^\W\d_A-Za-zªºµÀ-ʯʰ-˿ᴀ-ᶿḀ-ỿⅠ-ↈℂ-ℿＡ-Ｚａ-ｚ𝐀-𝟿Ͱ-Ͽἀ-῿]|[Ͱ-Ͽἀ-῿]{3,}")
_ACCENTED = re.compile("[À-ÖØ-öø-ʯḀ-ỿ]")


@lru_cache(maxsize=2)
def _languages(weak: bool) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for language, words in (_WEAK if weak else _OTHERS).items():
        for word in words.split():
            found.setdefault(word, []).append(language)
    return {word: tuple(languages) for word, languages in found.items()}


def english(text: str) -> bool:
    """Tell whether a text is English or might be ("Where is it?" -> True; "¿Dónde está mi casa?" -> False)."""
    return not refusal(text)


def refusal(text: str) -> str:
    """Say why a text is not taken for English ("Wie heißt die …" -> "looks German"); "" where it may be English.

    English with a foreign sentence in it passes, and so does any text of under four words in Latin letters.
    """
    words = text[:HEAD].lower().split()
    if _settles(words[:FIRST], len(words)) or _settles(words, len(words)):
        return "" if text.isascii() else _script(text)
    return _script(text) or _language(text[:MOST])


def _settles(words: list[str], size: int) -> bool:
    """Tell whether so many of ``size`` words are English that the others need not be looked at."""
    seen = len(_ENGLISH.intersection(words))
    return (seen > 1 and seen * 16 > size) or seen * 10 > size


def _script(text: str) -> str:
    """Refuse a text most of whose letters are of another script."""
    if text.isascii():
        return ""
    head = text[:MOST]
    other = sum(len(run) for run in _OTHER_SCRIPT.findall(head))
    if other < 2:
        return ""
    return "mostly in letters other than Latin" if 2 * other > sum(map(str.isalpha, head)) else ""


def _language(text: str) -> str:
    """Refuse a text with more function words of another language than of English."""
    if len(text.split(None, 4)) < 4:
        return ""
    words = [w.replace("’", "'") for w in _WORD.findall(text)]
    kinds = {w.lower() for w in words}
    english = len(kinds & _ENGLISH)
    strong = _counts(kinds, weak=False)
    most = max(strong.values(), default=0)
    if most >= (2 if len(words) >= 6 or text[0] in "¿¡" else 3) and most > english:
        return _looks(strong)
    if english or (len(words) < 5 and text[0] not in "¿¡"):
        return ""
    return _without_english(words, kinds, strong)


def _without_english(words: list[str], kinds: set[str], strong: dict[str, int]) -> str:
    """Judge a text with no sure English word in it: key words, a list of names, code, or another language."""
    lower = [w for w in words if w[0].islower()]
    if 2 * len(lower) < len(words) and not strong:
        return ""
    accented = sum(1 for w in words if _ACCENTED.search(w))
    kinds |= {w[:2] for w in kinds if w[1:2] == "'"}  # l'homme, d'une
    score = dict(strong)
    for language, n in _counts(kinds, weak=True).items():
        score[language] = score.get(language, 0) + n
    most = max(score.values(), default=0)
    enough = strong or accented or len(words) >= 8  # "la la land de niro" is a search
    if enough and most > max(1, len(kinds & _ALSO_ENGLISH)) and most + accented >= 3:
        return _looks(score)
    # Accents in running text, and not one English word: a language that has no list here.
    return "not English" if not kinds & _ALSO_ENGLISH and 5 * accented >= len(words) else ""


def _counts(kinds: set[str], *, weak: bool) -> dict[str, int]:
    counts: dict[str, int] = {}
    known = _languages(weak)
    for word in kinds & known.keys():
        for language in known[word]:
            counts[language] = counts.get(language, 0) + 1
    return counts


def _looks(counts: dict[str, int]) -> str:
    most = max(counts.values())
    return f"looks {next(language for language in _OTHERS if counts.get(language) == most)}"
