"""Outlets and places that speak, by name: what a capital letter alone does not tell."""

from __future__ import annotations


def _lines(text: str) -> frozenset[str]:
    return frozenset(name.strip() for line in text.strip().splitlines() for name in line.split("|"))


# News agencies and outlets that other outlets quote, in lower case, without "the".
OUTLETS = _lines(
    """
    reuters|ap|the associated press|associated press|afp|agence france-presse|tass|itar-tass|interfax
    ria|ria novosti|sputnik|bloomberg|xinhua|anadolu|anadolu agency|dpa|efe|ansa|kyodo|upi|pti|yonhap
    ukrinform|unian|trend|turan|azertac|apa|armenpress|news.am|panarmenian|civil.ge|irna|isna|fars
    tasnim|sana|bbc|cnn|cnbc|msnbc|fox news|nbc|nbc news|abc|abc news|cbs|cbs news|npr|pbs|sky|sky news
    itv|channel 4|al jazeera|al arabiya|rt|rfe/rl|rferl|radio liberty|radio free europe|voice of america
    euronews|deutsche welle|new york times|washington post|wall street journal|financial times|guardian
    times|sunday times|independent|daily telegraph|telegraph|daily mail|mail on sunday|sun|mirror
    economist|der spiegel|spiegel|die zeit|die welt|bild|le monde|le figaro|libération|el país|el mundo
    la repubblica|corriere della sera|haaretz|politico|axios|buzzfeed news|usa today|los angeles times
    chicago tribune|boston globe|new yorker|atlantic|newsweek|kommersant|vedomosti|izvestia|rbc|meduza
    novaya gazeta|global times|people’s daily|hindu|times of india|dawn|тасс|интерфакс|риа новости|рбк
    коммерсант|ведомости|известия|медуза|рейтер|франс пресс
    """
)
# What an outlet is called, beside or instead of its name; an "agency" alone may be of any kind.
NEWS_WORDS = _lines(
    """
    newspaper|daily|weekly|tabloid|broadsheet|magazine|broadcaster|newswire|media|paper|papers|outlet
    gazette|website|portal|podcast|blog|газета|телеканал|информагентство|агентство|издание
    """
)
# The last words of outlets' names.
NEWS_NAMES = _lines(
    """
    times|post|herald|gazette|tribune|journal|courier|chronicle|dispatch|observer|mail|mirror|echo
    telegraph|standard|examiner|inquirer|ledger|bulletin|gazeta|zeitung|postası|tv|radio|fm|wire
    newswire|today|online
    """
)
COUNTRIES = _lines(
    """
    afghanistan|albania|algeria|andorra|angola|argentina|armenia|australia|austria|azerbaijan|bahamas
    bahrain|bangladesh|barbados|belarus|belgium|belize|benin|bhutan|bolivia|bosnia
    bosnia and herzegovina|botswana|brazil|brunei|bulgaria|burkina faso|burundi|cambodia|cameroon|canada
    chad|chile|china|colombia|congo|costa rica|croatia|cuba|cyprus|czech republic|czechia|denmark
    djibouti|ecuador|egypt|el salvador|eritrea|estonia|eswatini|ethiopia|fiji|finland|france|gabon
    gambia|georgia|germany|ghana|greece|grenada|guatemala|guinea|guyana|haiti|honduras|hungary|iceland
    india|indonesia|iran|iraq|ireland|israel|italy|ivory coast|jamaica|japan|jordan|kazakhstan|kenya
    kosovo|kuwait|kyrgyzstan|laos|latvia|lebanon|lesotho|liberia|libya|liechtenstein|lithuania
    luxembourg|madagascar|malawi|malaysia|maldives|mali|malta|mauritania|mauritius|mexico|moldova|monaco
    mongolia|montenegro|morocco|mozambique|myanmar|namibia|nauru|nepal|netherlands|new zealand|nicaragua
    niger|nigeria|north korea|north macedonia|norway|oman|pakistan|palestine|panama|papua new guinea
    paraguay|peru|philippines|poland|portugal|qatar|romania|russia|rwanda|samoa|san marino|saudi arabia
    senegal|serbia|seychelles|sierra leone|singapore|slovakia|slovenia|somalia|south africa|south korea
    south sudan|spain|sri lanka|sudan|suriname|sweden|switzerland|syria|taiwan|tajikistan|tanzania
    thailand|togo|tonga|tunisia|turkey|türkiye|turkmenistan|uganda|ukraine|united arab emirates
    united kingdom|united states|uruguay|uzbekistan|vatican|venezuela|vietnam|yemen|zambia|zimbabwe
    britain|england|scotland|wales|northern ireland|america|us|u.s.|uk|u.k.|usa|eu|uae|nagorno-karabakh
    karabakh|artsakh|abkhazia|crimea|catalonia|hong kong|greenland|soviet union|ussr|россия|армения
    азербайджан|турция|иран|франция|германия|сша|украина
    """
)
# Countries, and capitals that stand for their governments.
PLACES = COUNTRIES | _lines(
    """
    moscow|washington|london|paris|berlin|rome|madrid|beijing|tokyo|ankara|baku|yerevan|tbilisi|tehran
    kyiv|kiev|minsk|warsaw|brussels|geneva|vienna|athens|belgrade|budapest|bucharest|sofia|stepanakert
    cairo|jerusalem|tel aviv|riyadh|doha|baghdad|damascus|kabul|islamabad|delhi|new delhi|seoul
    pyongyang|canberra|ottawa|brasilia|havana|caracas|bogota|nairobi|pretoria|abuja|stockholm|oslo
    copenhagen|helsinki|riga|vilnius|tallinn|dublin|lisbon|prague|bern|the hague|astana|tashkent|москва
    баку|ереван|анкара|вашингтон|киев
    """
)
