"""Whether a text is English: no false refusals, and other languages found in short paragraphs."""

from __future__ import annotations

import time

import pytest

from perturb.language.detect import english, refusal

ENGLISH = [
    "",
    "x",
    "Where is it?",
    "how many clips did natalia sell altogether",
    "weather paris tomorrow",
    "cheap flights london new york october",
    "order status",
    "REFUND!!!",
    "pls help my acc is locked n i cant get in",
    "def add(a, b):\n    return a + b",
    "SELECT name FROM users WHERE id = 7",
    "$\\frac{a}{b} = \\sqrt{x^2 + y^2}$",
    "∑ α_i β_i ≤ ε for all i",
    "H → He → Li → O → Ne → Si → Fe",
    "https://example.org/wiki/Der_Mann_und_die_Frau",
    "57287d4a2ca10214002da3e7",
    "😀😀😀",
    "José García, María López, Luís de la Cruz, Ana del Río, Jürgen von der Heide",
    "Gabriel García Márquez, José Saramago, Günter Grass, Olga Tokarczuk",
    "Who wrote “La vida es sueño” and when was it first performed?",
    "Translate into English: Wo ist der Bahnhof?",
    "What does 你好 mean, and how is it said?",
    "The following translation from German to English has an error. Source: Der Turm ist ein Gebäude und nicht das "
    "höchste. Translation: The tower is a building and the highest.",
    "add la mejor música to my playlist",
    "café naïve résumé",
    "A man is standing over an oven cooking something in a pan",
    "Paris, Madrid, Roma, Lisboa, Berlin, Wien",
    "la la land de niro el paso",
    "0.1 0.2 0.3 0.4 0.5",
    "Ｈｅｌｌｏ ｗｏｒｌｄ",
    "𝐇𝐞𝐥𝐥𝐨 𝐰𝐨𝐫𝐥𝐝",
]


@pytest.mark.parametrize("text", ENGLISH)
def test_english_passes(text: str) -> None:
    assert refusal(text) == ""
    assert english(text)


OTHERS = {
    "Spanish": [
        "María compró doce manzanas en el mercado y regaló tres a su hermana. ¿Cuántas manzanas le quedan?",
        "El tren sale de la estación a las ocho y llega dos horas más tarde a la ciudad.",
        "Quiero cambiar la contraseña de mi cuenta pero no recibo ningún correo.",
        "¿Dónde está mi pedido?",
    ],
    "French": [
        "Marie achète douze pommes au marché et en donne trois à sa sœur. Combien de pommes lui reste-t-il ?",
        "Le train part de la gare à huit heures et arrive deux heures plus tard dans la ville.",
        "Je voudrais changer le mot de passe de mon compte mais je ne reçois aucun message.",
        "Quelle est la capitale de l’Australie et combien d’habitants y vivent ?",
    ],
    "German": [
        "Maria kauft zwölf Äpfel auf dem Markt und gibt ihrer Schwester drei davon. Wie viele hat sie noch?",
        "Der Zug fährt um acht Uhr ab und kommt zwei Stunden später in der Stadt an.",
        "Ich möchte das Passwort für mein Konto ändern, bekomme aber keine Nachricht.",
        "Welche der folgenden Aussagen über den Mond ist richtig?",
    ],
    "Italian": [
        "Maria compra dodici mele al mercato e ne regala tre a sua sorella. Quante mele le restano?",
        "Il treno parte dalla stazione alle otto e arriva due ore dopo nella città.",
        "Vorrei cambiare la password del mio conto, ma non ricevo nessun messaggio.",
        "Qual è la capitale dell'Australia e quante persone ci vivono?",
    ],
    "Portuguese": [
        "Maria comprou doze maçãs no mercado e deu três para a sua irmã. Quantas maçãs ela ainda tem?",
        "O comboio parte da estação às oito horas e chega duas horas depois à cidade.",
        "Quero mudar a senha da minha conta, mas não recebo nenhuma mensagem.",
        "Qual é a capital da Austrália e quantas pessoas vivem lá?",
    ],
    "Dutch": [
        "Maria koopt twaalf appels op de markt en geeft er drie aan haar zus. Hoeveel appels heeft ze nog?",
        "De trein vertrekt om acht uur van het station en komt twee uur later aan in de stad.",
        "Ik wil het wachtwoord van mijn rekening wijzigen maar krijg geen bericht.",
        "Welke van deze uitspraken over de maan is juist?",
    ],
    "Swedish": [
        "Maria köper tolv äpplen på torget och ger tre till sin syster. Hur många äpplen har hon kvar?",
        "Tåget går från stationen klockan åtta och är framme i staden två timmar senare.",
        "Jag vill byta lösenord på mitt konto men får inget meddelande.",
        "Vad heter huvudstaden i Australien och hur många bor där?",
    ],
    "Polish": [
        "Maria kupiła dwanaście jabłek na targu i dała trzy swojej siostrze. Ile jabłek jej zostało?",
        "Pociąg odjeżdża ze stacji o ósmej i dwie godziny później jest w mieście.",
        "Chcę zmienić hasło do mojego konta, ale nie dostaję żadnej wiadomości.",
        "Jaka jest stolica Australii i ile osób tam mieszka?",
    ],
    "Turkish": [
        "Maria pazardan on iki elma aldı ve üçünü kız kardeşine verdi. Kaç elması kaldı?",
        "Tren saat sekizde istasyondan kalkıyor ve iki saat sonra şehre varıyor.",
        "Hesabımın şifresini değiştirmek istiyorum ama mesaj gelmiyor.",
        "Avustralya'nın başkenti neresidir ve orada kaç kişi yaşıyor?",
    ],
    "Indonesian": [
        "Maria membeli dua belas apel di pasar dan memberikan tiga kepada adiknya. Berapa apel yang tersisa?",
        "Kereta berangkat dari stasiun pukul delapan dan tiba di kota dua jam setelah itu.",
        "Saya mau mengganti kata sandi akun saya tetapi tidak ada pesan yang masuk.",
        "Apa ibu kota Australia dan berapa banyak orang yang tinggal di sana?",
    ],
    "Vietnamese": [
        "Maria mua mười hai quả táo ở chợ và cho em gái ba quả. Cô ấy còn lại bao nhiêu quả táo?",
        "Tàu rời ga lúc tám giờ và đến thành phố hai giờ sau đó.",
        "Tôi muốn đổi mật khẩu tài khoản của tôi nhưng không nhận được tin nhắn.",
        "Thủ đô của Úc là gì và có bao nhiêu người sống ở đó?",
    ],
    "without a list of its own": [
        "Marija je na tržnici kúpila dvanásť jabĺk a tri dala svojej sestre.",
        "Marija nopirka tirgū divpadsmit ābolus un trīs iedeva māsai.",
        "María keypti tólf epli á markaðnum og gaf systur sinni þrjú þeirra.",
    ],
    "letters other than Latin": [
        "Сколько яблок осталось у Марии?",
        "Πόσα μήλα έμειναν στη Μαρία;",
        "كم تفاحة بقيت لدى ماريا؟",
        "כמה תפוחים נשארו למריה?",
        "玛丽亚还剩几个苹果？",
        "マリアにはりんごがいくつ残っていますか",
        "마리아에게 사과가 몇 개 남았나요?",
        "मारिया के पास कितने सेब बचे?",
        "มาเรียเหลือแอปเปิ้ลกี่ลูก",
        "iPhone のバッテリーが減るのが早い",
    ],
}


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages_are_refused(language: str) -> None:
    assert [text for text in OTHERS[language] if english(text)] == []


def test_reason_names_the_language() -> None:
    assert refusal(OTHERS["Spanish"][0]) == "looks Spanish"
    assert refusal(OTHERS["German"][0]) == "looks German"
    assert refusal(OTHERS["letters other than Latin"][0]) == "mostly in letters other than Latin"


def test_fast_enough() -> None:
    """Ordinary English costs 2 to 4 µs, a long text no more; this fails at ten times that."""
    texts = ["Maria bought twelve apples at the market and gave three of them to her sister. How many are left?"] * 2000
    texts += ["What is the capital of Australia, and how many people live there? " * 10_000] * 20
    begun = time.process_time()
    assert all(map(english, texts))
    assert (time.process_time() - begun) / len(texts) < 40e-6
