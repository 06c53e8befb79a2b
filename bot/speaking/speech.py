"""The words by which articles show who is speaking: verbs, roles, bodies; English and some Russian."""

from __future__ import annotations

from functools import lru_cache

_REMEMBERED = 20_000  # words: those of a few hundred articles


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Verbs that report words whatever stands before them.
SAYING = _words(
    """
    said says say saying told tells added adds explained explains argued argues insisted insists
    stressed stresses emphasized emphasised emphasizes emphasises warned warns admitted admits conceded
    concedes declared declares tweeted commented remarked replied replies recalled reiterated reiterates
    underlined underlines underscored underscores concluded concludes quipped joked lamented
    acknowledged acknowledges testified boasted cautioned cautions asserted asserts contended contends
    alleged alleges accused accuses urged urges сказал сказала сказали заявил заявила заявили отметил
    отметила отметили добавил добавила добавили подчеркнул подчеркнула подчеркнули сообщил сообщила
    сообщили пояснил пояснила пояснили напомнил напомнила уточнил уточнила рассказал рассказала указал
    указала написал написала признал признала объявил объявила предупредил предупредила считает говорит
    утверждает сообщает заявляет отмечает подчеркивает заявило сообщило отметило подчеркнуло добавило
    пояснило уточнило признало объявило предупредило подтвердил подтвердила подтвердили подтвердило
    опроверг опровергла опровергли призвал призвала призвали выразил выразила говорится сообщают
    заявляют отмечают утверждают opined reaffirmed affirmed confided пообещал пообещала пообещали
    ответил ответила посетовал посетовала
    """
)
# Words that are also nouns, participles or plain deeds: they count after a name, a pronoun or a role only.
PERHAPS_SAYING = _words(
    """
    noted notes stated states announced announces claimed claims reported reports remarks comments
    tweets confirmed confirms denied denies suggested suggests predicted predicts revealed reveals
    estimated estimates promised promises vowed vows pledged pledges believes thinks disclosed indicated
    proclaimed retorted elaborated informed informs briefed recounted recounts demanded observes
    """
)
# Plain deeds unless a quotation or "that" stands beside them: "Azerbaijan responded with an offensive".
SAYING_BESIDE_WORDS = _words(
    """
    responded responds asked asks continued continues observed maintained maintains went goes began
    posted wrote writes assured assures apologised apologized complained complains found finds concurred
    agreed ruled decided proposed recommended signalled signaled speculated theorised theorized guessed
    wondered pleaded begged joked teased mocked scoffed growled roared yelled screamed volunteered
    ventured offered interjected interrupted repeated echoed advised instructed ordered proclaimed
    lectured chided grumbled marvelled mused pondered certified attested determined established assessed
    discloses reminded reminds stipulated emphasises answered answers countered objected protested swore
    reasoned threatened hinted implied
    """
)
# Plain deeds or judgements unless a quotation is their object: "called it “a slap in the face”".
SAYING_WITH_QUOTATION = _words(
    """
    called calls described describes dismissed branded hailed praised condemned criticised criticized
    slammed blasted denounced welcomed rejected likened labelled labeled compared thanked blamed
    appealed shouted whispered laughed sighed murmured muttered cried exclaimed read reads lamented
    """
)
# Deeds or nouns, but not at the end: "…, scientists at Leuven report.", "…, a survey has found."
SAYING_AT_THE_END = _words(
    """
    report claim warn argue admit believe suggest insist note forecasts forecast reckons reckon projects fears
    calculates expects
    """
)
REPORTING = _words(
    """
    reports reported сообщает сообщила передает пишет
    """
)
PARTICLES = {"pointed": "out", "points": "out", "went": "on", "goes": "on"}  # pointed out, went on
PRONOUNS = _words(
    """
    he she it they он она они
    """
)
FEMALE = _words(
    """
    she она mrs ms miss lady dame queen princess duchess actress baroness spokeswoman chairwoman
    congresswoman councilwoman businesswoman policewoman mother wife daughter sister aunt grandmother widow
    """
)
MALE = _words(
    """
    he он mr sir lord king prince duke actor pope baron spokesman chairman congressman councilman
    businessman policeman father husband son brother uncle grandfather bishop cardinal imam
    """
)
HONORIFICS = _words(
    """
    mr mrs ms miss dr sir dame lady lord prof madam mx
    """
)
PERSONS = _words(
    """
    minister president premier chancellor secretary ambassador envoy spokesman spokeswoman spokesperson
    official leader chief head director chairman chairwoman chair chairperson governor mayor senator
    congressman congresswoman representative lawmaker legislator mp deputy commissioner commander
    general colonel captain major lieutenant sergeant admiral officer judge justice prosecutor attorney
    lawyer solicitor barrister counsel professor doctor scientist researcher analyst economist
    strategist expert specialist historian author writer novelist journalist reporter editor
    correspondent columnist anchor presenter actor actress singer musician artist producer filmmaker
    comedian coach manager player striker quarterback goalkeeper king queen prince princess duke duchess
    pope bishop archbishop cardinal patriarch rabbi imam pastor reverend founder co-founder owner ceo
    cfo coo executive entrepreneur businessman businesswoman billionaire activist campaigner protester
    witness resident victim survivor mother father son daughter wife husband brother sister neighbor
    neighbour friend farmer student teacher worker nurse physician paramedic firefighter sheriff
    detective inspector superintendent diplomat negotiator adviser advisor aide staffer candidate
    nominee speaker treasurer principal dean rector investigator coroner virologist epidemiologist
    biologist physicist astronomer engineer designer chef pilot astronaut passenger driver source
    insider veteran soldier politician councillor councilman councilwoman supporter critic opponent fan
    tourist contender winner rival teammate celebrity influencer blogger broadcaster surgeon
    psychologist lecturer rep gov sen gen lt col sgt capt maj adm rev hon det supt cpl counterpart boss
    person man woman boy girl secretary-general attorney-general major-general lieutenant-general
    president-elect vice-president ex-president coordinator administrator ombudsman министр президент
    премьер премьер-министр глава представитель представительница пресс-секретарь депутат посол директор
    председатель секретарь чиновник эксперт губернатор мэр генерал источник замглавы канцлер headteacher
    headmaster headmistress miner publican dentist fisherman fisherwoman hotelier skipper foreman
    translator interpreter guard trader baker butcher waiter waitress cook hunter shepherd villager
    inhabitant refugee migrant commuter motorist shopkeeper landlord landlady tenant broker banker buyer
    seller retailer manufacturer exporter contractor builder plumber electrician carpenter architect
    geologist ecologist meteorologist forecaster climatologist zoologist botanist archaeologist
    anthropologist sociologist criminologist statistician mathematician chemist pharmacist psychiatrist
    midwife carer caretaker librarian curator collector auctioneer gardener photographer poet playwright
    screenwriter composer dancer choreographer publicist mediator rapporteur auditor auditor-general
    accountant registrar clerk warden inmate prisoner hostage detainee defendant plaintiff claimant
    complainant juror suspect commentator pundit athlete runner cyclist swimmer boxer wrestler skater
    skier golfer jockey trainer referee umpire defender midfielder winger rescuer medic volunteer donor
    parishioner worshipper monk nun abbot vicar chaplain mufti ayatollah sheikh emir sultan countess
    baroness niece nephew cousin girlfriend boyfriend partner widow widower pensioner retiree teenager
    schoolboy schoolgirl pupil graduate colleague bystander eyewitness onlooker caller viewer listener
    reader customer client shopper guest visitor traveller traveler holidaymaker hiker climber diver
    sailor steward stewardess trucker rebel separatist militant insurgent fighter scholar academic
    whistleblower informant biochemist geneticist immunologist oncologist cardiologist seismologist
    hydrologist agronomist vet veterinarian policeman policewoman patrolman constable marshal consul
    attaché plenipotentiary undersecretary elder conductor beekeeper fishmonger innkeeper restaurateur
    brewer winemaker planner surveyor руководитель начальник замминистра вице-премьер омбудсмен юрист
    адвокат аналитик политолог журналист очевидец житель жительница врач учитель водитель свидетель
    пострадавший сотрудник спасатель рыбак фермер грибник пассажир учёный ученый эколог пилот капитан
    тренер игрок мать отец мужчина женщина grower grandmaster interviewer посетитель турист
    """
)
BODIES = _words(
    """
    ministry government police army military court company firm bank agency department office bureau
    committee commission council parliament party union association group organization organisation
    institute university hospital authority authorities team statement report study document indictment
    complaint lawsuit survey poll letter release newspaper airline airport museum church school city
    state county embassy palace administration campaign network channel website foundation charity
    league federation club board panel service center centre family media memo filing notice studio
    publisher regulator watchdog nation country kingdom republic delegation coalition alliance senate
    congress assembly cabinet navy force forces secretariat mission prosecutors people министерство мид
    правительство агентство ведомство пресс-служба суд минобороны полиция кремль side homes airlines
    airways railways holdings trust society inspectorate directorate diocese faction junta militia
    brigade battalion consulate tribunal chamber exchange chancellery presidency consortium cooperative
    collective observatory laboratory lab clinic airfield port utility supplier operator carrier lender
    insurer retailer ombudsman audit inquest inquiry verdict ruling resolution communique communiqué
    bulletin organisers organizers unions ngo crescent сторона компания администрация правление партия
    комитет следствие прокуратура штаб organiser organizer zoo gallery theatre theater hotel restaurant
    shop store factory plant farm camp college brewery
    """
)
# They stand before a role and belong to it: "former deputy prime minister".
BEFORE_ROLES = _words(
    """
    foreign prime defense defence interior finance health justice education energy trade economy deputy
    former vice chief senior press top acting assistant associate executive managing general state national
    regional local federal supreme opposition party policy security medical military police army ministry
    government company first outgoing incoming late then ex permanent special presidential parliamentary
    congressional human rights
    """
)
ADVERBS = _words(
    """
    also further later then again earlier too has had have still once often now recently previously simply
    only even always already monday tuesday wednesday thursday friday saturday sunday yesterday today
    himself herself nevertheless nonetheless however
    meanwhile therefore thus instead soon finally afterwards though
    """
)
TIMES = _words(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december morning afternoon evening night midnight noon weekend late early
    """
)
BEFORE_NOT_SAYING = _words(
    """
    is was were are be been being to not n't never will would could should can may might must cannot don't
    didn't doesn't won't wouldn't don’t didn’t doesn’t won’t wouldn’t did does do as let who’d not не
    """
)
CLAUSE_OPENERS = _words(
    """
    that but while as because if when where after before although though since whereas which than until
    unless so what how why whether что если когда хотя но как
    """
)
# The last words of companies' names: two capitals alone would be a person's.
ORG_NAMES = _words(
    """
    transport energy capital partners logistics shipping motors foods pharma labs laboratories steel oil
    gas petroleum power electric electronics water rail telecom mobile networks technologies technology
    solutions industries international insurance assurance securities ventures studios pictures records
    entertainment games interactive software robotics aerospace aviation airways inc ltd llc plc corp
    corporation gmbh ag sa enterprises brands stores supermarkets retail media digital systems
    semiconductor chemicals mining minerals resources properties estates developments construction
    engineering consulting associates abroad united athletic rovers wanderers watch amnesty greenpeace
    fund initiative project campaign movement front brotherhood institute prize award awards cup medal
    open festival championship trophy museum gallery theatre theater zoo park hospital hotel radio
    """
)
# What ministers are of: "Minister of Foreign Affairs", "Secretary of State".
PORTFOLIOS = _words(
    """
    affairs foreign internal external interior finance defence defense health justice education energy
    trade economy economic culture sport sports labour labor agriculture transport environment state
    staff security national communications development ecology emergency situations relations commerce
    industry treasury tourism science technology infrastructure housing the and natural resources social
    protection youth regional integration
    """
)
PREPOSITIONS = _words(
    """
    in on at of for from with by to during after before over under about against between near since amid via
    through into outside inside around among across following despite without within в на из от для с по при
    о
    """
)
DETERMINERS = _words(
    """
    the a an one two three four five several some many most other another both all his her its their our my
    this that these those no
    """
)
# A sentence or a run of capitals may begin with them, a name does not.
NOT_NAMES = _words(
    """
    the a an this that these those he she it they we i you his her its their our my but and or so yet still
    however meanwhile earlier later also then instead now today yesterday tomorrow monday tuesday wednesday
    thursday friday saturday sunday january february march april may june july august september october
    november december jan feb mar apr jun jul aug sept sep oct nov dec in on at of for from with by to
    during after before over under about against between near since amid when while as if because although
    though what who where why how which there here not no yes both all some many most one two three several
    asked speaking according despite following citing unlike like even only just more other another such
    each every nevertheless nonetheless moreover furthermore once он она они но и а в на по из от как что
    это
    """
)
# "South Sudan" is not the full name of somebody called Sudan.
NOT_FIRST_NAMES = _words(
    """
    new north south east west northern southern eastern western central upper lower great greater united
    saint st san santa los las el la mount lake fort port cape prime white supreme royal national
    international federal republic democratic people's people’s tropical hurricane storm cyclone typhoon
    u.s. u.s us uk eu un nato black red big high
    """
)
ABBREVIATIONS = _words(
    """
    Mr Mrs Ms Dr Gen Sen Gov Lt Col Sgt Rep Prof St Jr Sr Capt Maj Adm Rev Hon Det Supt Cpl Jan Feb Mar Apr
    Jun Jul Aug Sept Sep Oct Nov Dec No vs Inc Corp Ltd Co
    """
)


_RUSSIAN_ENDS = "аеёиоуыэюяьйхмв"  # letters of endings, without which a noun is its stem or shorter


@lru_cache(maxsize=1)
def _russian_stems() -> dict[str, str]:
    """The Russian roles and bodies by their stems."""
    return {word.rstrip(_RUSSIAN_ENDS): word for word in PERSONS | BODIES if "а" <= word[0] <= "я"}


@lru_cache(maxsize=_REMEMBERED)
def singular(word: str) -> str:
    """A plural role as it stands in the lists: "Officials" → "official", "spokesmen" → "spokesman"."""
    low = word.lower().rstrip(".").removesuffix("’s").removesuffix("'s")
    if low in PERSONS or low in BODIES:
        return low
    if "а" <= low[:1] <= "я":  # министра, министром, министры; полиции
        return _russian_stems().get(low.rstrip(_RUSSIAN_ENDS), low)
    if low.endswith("men"):
        return low[:-2] + "an"
    if low.endswith("ies"):
        return low[:-3] + "y"
    return low.removesuffix("es") if low.endswith(("ches", "sses")) else low.removesuffix("s")


@lru_cache(maxsize=_REMEMBERED)
def is_person(word: str) -> bool:
    """Whether a word is a person's role."""
    return singular(word) in PERSONS or word.lower().rstrip(".") in HONORIFICS


@lru_cache(maxsize=_REMEMBERED)
def is_body(word: str) -> bool:
    """Whether a word is a body that speaks: a ministry, a company, a report."""
    return singular(word) in BODIES
