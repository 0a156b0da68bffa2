"""Invented pages for the benches: stories in many languages, in many shapes of page.

A shape is how a site lays a page out. `stories` makes reports of other languages from
a few invented sentences each, by a seed; no sentence is anybody's.
"""

import json
import random
from collections.abc import Callable, Iterator, Sequence

SCRIPT = "<script>" + "var a=[1,2,3];function f(x){return x+1}\n" * 2500 + "</script>"
STYLE = "<style>" + ".card{margin:0;padding:1px}.nav a{color:#000}\n" * 300 + "</style>"
SECTIONS = ("World", "Business", "Sport", "Culture", "Weather", "Opinion", "Science")

OTHER = {
    "es": """El gobierno anunció ayer un nuevo plan para reparar los puentes del norte.
La ministra dijo que las obras empezarán en abril y durarán dos años.
Los vecinos del barrio viejo se quejaron del ruido y del polvo.
Según el alcalde, la ciudad no tiene dinero para más autobuses este invierno.
Un incendio dañó tres almacenes del puerto, pero nadie resultó herido.
El equipo local perdió el partido en el último minuto ante su público.
La huelga de los panaderos continúa sin acuerdo entre las dos partes.""",
    "de": """Die Regierung hat am Dienstag ein neues Programm für Brücken vorgestellt.
Der Bürgermeister sagte, die Stadt habe kein Geld für weitere Busse.
In der Altstadt beschwerten sich viele Bewohner über Lärm und Staub.
Nach Angaben der Polizei wurde bei dem Brand im Hafen niemand verletzt.
Die Mannschaft verlor das Spiel in der letzten Minute vor eigenem Publikum.
Der Streik der Bäcker geht weiter, weil sich beide Seiten nicht einigen konnten.""",
    "fr": """Le gouvernement a présenté mardi un nouveau plan pour réparer les ponts.
La maire a déclaré que la ville n'avait plus d'argent pour des autobus.
Les habitants du vieux quartier se plaignent du bruit et de la poussière.
Selon la police, personne n'a été blessé dans l'incendie du port.
L'équipe a perdu le match à la dernière minute devant son public.
La grève des boulangers se poursuit faute d'accord entre les deux parties.""",
    "it": """Il governo ha presentato ieri un nuovo piano per riparare i ponti del nord.
Il sindaco ha detto che la città non ha soldi per altri autobus.
Gli abitanti del quartiere vecchio si lamentano del rumore e della polvere.
Secondo la polizia nessuno è rimasto ferito nell'incendio del porto.
La squadra ha perso la partita all'ultimo minuto davanti al suo pubblico.""",
    "pt": """O governo apresentou ontem um novo plano para reparar as pontes do norte.
A ministra disse que as obras começam em abril e duram dois anos.
Os moradores do bairro velho queixam-se do barulho e do pó.
Segundo a polícia, ninguém ficou ferido no incêndio do porto.
A equipa perdeu o jogo no último minuto diante do seu público.""",
    "nl": """De regering heeft dinsdag een nieuw plan voor de bruggen gepresenteerd.
De burgemeester zei dat de stad geen geld heeft voor meer bussen.
In de oude wijk was er veel overlast door lawaai en stof.
Volgens de politie is bij de brand in de haven niemand gewond geraakt.
Het was de derde keer dat de ploeg in de laatste minuut verloor.
De staking van de bakkers gaat door, want er is nog geen akkoord.""",
    "sv": """Regeringen har i dag lagt fram en ny plan för broarna i norr.
Borgmästaren sade att staden inte har pengar till fler bussar i vinter.
De som bor i gamla stan klagar över buller och damm.
Ingen skadades i branden i hamnen, enligt polisen.
Laget förlorade matchen i sista minuten inför sin egen publik.""",
    "pl": """Rząd przedstawił we wtorek nowy plan naprawy mostów na północy.
Burmistrz powiedział, że miasto nie ma pieniędzy na więcej autobusów.
Mieszkańcy starej dzielnicy skarżą się na hałas i kurz.
Według policji nikt nie został ranny w pożarze w porcie.
Drużyna przegrała mecz w ostatniej minucie przed własną publicznością.""",
    "tr": """Hükümet salı günü köprüler için yeni bir plan açıkladı.
Belediye başkanı şehrin daha fazla otobüs için parası olmadığını söyledi.
Eski mahallede oturanlar gürültüden ve tozdan şikâyet ediyor.
Polise göre limandaki yangında kimse yaralanmadı.
Takım kendi seyircisi önünde maçı son dakikada kaybetti.""",
    "id": """Pemerintah mengumumkan rencana baru untuk memperbaiki jembatan di utara.
Wali kota mengatakan bahwa kota tidak punya uang untuk bus tambahan.
Warga di kawasan tua mengeluhkan suara bising dan debu.
Menurut polisi tidak ada yang terluka dalam kebakaran di pelabuhan.
Tim itu kalah pada menit terakhir di depan penontonnya sendiri.""",
    "ro": """Guvernul a prezentat marți un nou plan pentru repararea podurilor.
Primarul a spus că orașul nu are bani pentru mai multe autobuze.
Locuitorii cartierului vechi se plâng de zgomot și de praf.
Potrivit poliției, nimeni nu a fost rănit în incendiul din port.
Echipa a pierdut meciul în ultimul minut în fața publicului său.""",
    "ru": """Правительство представило во вторник новый план ремонта мостов.
Мэр сказал, что у города нет денег на новые автобусы этой зимой.
Жители старого района жалуются на шум и пыль.
По данным полиции, при пожаре в порту никто не пострадал.
Команда проиграла матч на последней минуте перед своими зрителями.""",
    "uk": """Уряд оприлюднив у вівторок новий план ремонту мостів на півночі.
Мер сказав, що місто не має грошей на нові автобуси цієї зими.
Мешканці старого району скаржаться на шум і пил.
За даними поліції, під час пожежі в порту ніхто не постраждав.
Команда програла матч на останній хвилині перед своїми глядачами.""",
    "ar": """أعلنت الحكومة يوم الثلاثاء خطة جديدة لإصلاح الجسور في الشمال.
وقال رئيس البلدية إن المدينة لا تملك المال لشراء حافلات أخرى.
ويشتكي سكان الحي القديم من الضوضاء والغبار.
وأفادت الشرطة بأن أحدا لم يصب في حريق الميناء.
وخسر الفريق المباراة في الدقيقة الأخيرة أمام جمهوره.""",
    "fa": """دولت روز سه‌شنبه برنامه تازه‌ای برای تعمیر پل‌ها اعلام کرد.
شهردار گفت که شهر برای خرید اتوبوس بیشتر پول ندارد.
ساکنان محله قدیمی از سر و صدا و گرد و غبار شکایت دارند.
به گفته پلیس در آتش‌سوزی بندر کسی آسیب ندید.
تیم در دقیقه پایانی بازی را در برابر تماشاگران خود باخت.""",
    "hi": """सरकार ने मंगलवार को पुलों की मरम्मत की नई योजना पेश की।
महापौर ने कहा कि शहर के पास और बसों के लिए पैसा नहीं है।
पुराने मोहल्ले के लोग शोर और धूल की शिकायत करते हैं।
पुलिस के अनुसार बंदरगाह की आग में कोई घायल नहीं हुआ।
टीम अपने दर्शकों के सामने आखिरी मिनट में मैच हार गई।""",
    "zh": """政府星期二公布了修复北部桥梁的新计划。
市长说，今年冬天城市没有钱购买更多的公共汽车。
老城区的居民抱怨噪音和灰尘。
警方表示，港口的火灾没有造成人员受伤。
球队在最后一分钟当着自己的观众输掉了比赛。""",
    "ja": """政府は火曜日、北部の橋を修理する新しい計画を発表した。
市長は、今年の冬はバスを増やすお金がないと述べた。
旧市街の住民は騒音とほこりに不満を訴えている。
警察によると、港の火事でけがをした人はいなかった。
チームは地元の観客の前で最後の一分に試合に負けた。""",
    "el": """Η κυβέρνηση παρουσίασε την Τρίτη νέο σχέδιο για τις γέφυρες του βορρά.
Ο δήμαρχος είπε ότι η πόλη δεν έχει χρήματα για άλλα λεωφορεία.
Οι κάτοικοι της παλιάς συνοικίας παραπονιούνται για τον θόρυβο.
Σύμφωνα με την αστυνομία κανείς δεν τραυματίστηκε στη φωτιά.
Η ομάδα έχασε τον αγώνα στο τελευταίο λεπτό.""",
}


def stories(seed: int, count: int) -> Iterator[tuple[str, str]]:
    """Yield the language and the text of invented reports in other languages."""
    rng = random.Random(seed)
    for _ in range(count):
        code = rng.choice(sorted(OTHER))
        lines = OTHER[code].split("\n")
        blocks = (" ".join(rng.choices(lines, k=rng.randint(2, 4))) for _ in range(12))
        yield code, "\n\n".join(blocks)


def links(count: int, start: int = 0) -> str:
    """Return the items of a menu."""
    each = (SECTIONS[n % len(SECTIONS)] for n in range(start, start + count))
    return "".join(
        f'<li class="item"><a href="/s/{n}"><span>{name} {n}</span></a></li>'
        for n, name in enumerate(each, start)
    )


def teasers(count: int) -> str:
    """Return boxes that lead to other stories, as most sites have them below."""
    return "".join(
        f'<div class="card teaser"><a href="/t/{n}"><img src="/i/{n}.jpg" alt="">'
        f"<h3>{SECTIONS[n % 7]}: number {n} in a row of others</h3></a>"
        f'<span class="time">{n + 1} h</span></div>'
        for n in range(count)
    )


def paragraphs(text: str) -> str:
    """Return the paragraphs of a story as elements."""
    return "".join(f"<p>{part}</p>" for part in text.split("\n\n"))


def plain(text: str, title: str, lang: str) -> str:
    """Return a page of one article between two menus in their own elements."""
    return (
        f'<!doctype html><html lang="{lang}"><head><title>{title}</title>{SCRIPT}'
        f'<meta property="og:site_name" content="Harbour Times"></head><body><nav><ul>'
        f"{links(120)}</ul></nav><article><h1>{title}</h1>{paragraphs(text)}</article>"
        f"<footer><ul>{links(120, 120)}</ul></footer></body></html>"
    )


def divs(text: str, title: str, lang: str) -> str:
    """Return a page of nothing but divs, its menus lists, its story by class."""
    return (
        f'<!doctype html><html lang="{lang}"><head><title>{title}</title>{STYLE}'
        f'{SCRIPT}</head><body class="page"><div class="top"><div class="menu"><ul>'
        f'{links(80)}</ul></div></div><div class="wrap"><div class="main"><h1>{title}'
        f'</h1><div class="story-body"><div class="inner">{paragraphs(text)}</div>'
        f'</div><div class="more">{teasers(30)}</div></div>'
        f'<div class="side">{teasers(20)}</div></div>'
        f'<div class="bottom"><ul>{links(60, 80)}</ul>'
        f"<p>© Harbour Times</p></div>{SCRIPT}</body></html>"
    )


def breaks(text: str, title: str, lang: str) -> str:
    """Return a page whose story has breaks for paragraphs and stands in a table."""
    story = text.replace("\n\n", "<br><br>")
    cells = "".join(f"<td>{SECTIONS[n % 7]}</td>" for n in range(14))
    return (
        f"<html><head><title>{title}</title></head><body><table><tr>{cells}</tr>"
        f"</table><center><h2>{title}</h2></center><div id=text>{story}</div><hr>"
        f"<ul>{links(20)}</ul></body></html>"
    )


def described(text: str, title: str, lang: str) -> str:
    """Return a page that describes its article as JSON-LD, with a head full of meta."""
    told = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": title,
        "datePublished": "2026-01-05T08:00:00Z",
        "inLanguage": lang,
        "author": {"@type": "Person", "name": "Kim Lund"},
    }
    meta = "".join(f'<meta name="x:{n}" content="value {n}">' for n in range(40))
    return (
        f'<!doctype html><html lang="{lang}"><head><title>{title}</title>{meta}'
        f'<script type="application/ld+json">{json.dumps(told)}</script>{STYLE}{SCRIPT}'
        f'</head><body><header class="head"><nav><ul>{links(60)}</ul></nav></header>'
        f'<main><section class="article"><header><h1>{title}</h1><p class="by">Kim Lund'
        f'</p></header><figure><img src="/a.jpg"><figcaption>{SECTIONS[0]}</figcaption>'
        f'</figure><div itemprop="articleBody" class="body">{paragraphs(text)}<aside>'
        f"<h4>More</h4><ul>{links(6, 60)}</ul></aside></div></section><section "
        f'class="related">{teasers(40)}</section></main><footer>'
        f"<ul>{links(40, 70)}</ul></footer></body></html>"
    )


SHAPES: Sequence[Callable[[str, str, str], str]] = (plain, divs, breaks, described)
