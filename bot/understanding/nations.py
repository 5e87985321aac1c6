"""Which nation of the UK an enquiry is about."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.enquiry import Nation
from bot.understanding.origins import is_around_a_place, without_origins
from bot.understanding.postcodes import nations_of_postcodes

# Names of the nations, their peoples, cities, counties and larger towns.
# Names that are also everyday words (Bath, Reading, Deal, Barry) are left out.
_PLACES = {
    Nation.SCOTLAND: """
        scotland scottish edinburgh glasgow aberdeen dundee inverness stirling perth paisley
        falkirk kilmarnock ayr dumfries galashiels fife kirkcaldy dunfermline lanark motherwell
        livingston greenock oban skye orkney shetland stornoway highlands lothian tayside
        cumbernauld east_kilbride glenrothes elgin arran argyll moray clydebank
        dunbartonshire renfrewshire ayrshire lanarkshire aberdeenshire caithness yr_alban
        airdrie alloa annan arbroath auchterarder aviemore barrhead bathgate bearsden bellshill
        benbecula berwickshire bishopbriggs blairgowrie brechin buckie cambuslang campbeltown
        carluke carnoustie clackmannanshire coatbridge cowdenbeath crieff cupar dalkeith dingwall
        dumbarton dunoon easterhouse forfar forres fort_william fraserburgh girvan glaswegian
        gourock govan grangemouth gretna hawick hebrides helensburgh huntly invergordon
        inverkeithing inverurie jedburgh kinross kirkcudbright kirkintilloch kirkwall kirriemuir
        larbert largs larkhall leith lerwick linlithgow lochgelly lochgilphead lockerbie
        lossiemouth mallaig midlothian milngavie montrose musselburgh nairn north_of_the_border
        peebles penicuik perthshire peterhead pitlochry portree renfrew rothesay roxburghshire
        rutherglen saltcoats scots selkirk st_andrews stenhousemuir stirlingshire stonehaven
        stranraer stromness thurso troon ullapool western_isles wishaw
    """,
    Nation.WALES: """
        wales welsh cymru cardiff caerdydd swansea abertawe newport wrexham wrecsam aberystwyth
        bangor llandudno rhyl carmarthen caerfyrddin llanelli merthyr pontypridd rhondda gwynedd
        powys ceredigion pembrokeshire anglesey conwy caerphilly bridgend
        barmouth brecon ebbw_vale flintshire glamorgan gwent haverfordwest
        holyhead monmouthshire neath penarth port_talbot porthcawl tenby torfaen welshpool
        ynys_môn sir_benfro sir_gaerfyrddin casnewydd nghymru gymru chymru
        aberdare aberdâr abergavenny abergele aberhonddu aberteifi abertillery ammanford bala
        blaenau builth caerffili caernarfon caldicot carmarthenshire chepstow colwyn_bay
        connah's_quay cwmbran cwmbrân denbigh denbighshire dolgellau eryri fishguard gaerdydd
        gaerfyrddin geredigion gorseinon harlech lampeter llandeilo llandovery llandrindod llangefni
        llangollen llantrisant machynlleth maesteg monmouth mountain_ash nghaerdydd nghaerfyrddin
        nghaernarfon ngheredigion nghonwy ngwynedd mhowys pembroke pontypool porthmadog prestatyn
        pwllheli ruthin sir_ddinbych sir_fynwy sir_y_fflint snowdonia tonypandy tredegar treorchy
        tywyn ynys_mon ystradgynlais
    """,
    Nation.NORTHERN_IRELAND: """
        northern_ireland northern_irish belfast derry londonderry lisburn newry armagh omagh
        enniskillen ballymena coleraine antrim tyrone fermanagh craigavon larne dungannon
        carrickfergus strabane cookstown gogledd_iwerddon ngogledd_iwerddon n_ireland n._ireland
        ballycastle ballyclare ballymoney ballynahinch banbridge castlederg coalisland county_down
        co_down co._down donaghadee downpatrick kilkeel limavady lisnaskea lurgan maghera
        magherafelt newtownabbey newtownards portadown portrush portstewart randalstown ulster
        warrenpoint live_in_ni living_in_ni lives_in_ni based_in_ni here_in_ni i'm_in_ni im_in_ni
    """,
    Nation.ENGLAND: """
        england english london birmingham manchester leeds liverpool bristol sheffield newcastle
        nottingham leicester coventry norwich hull derby stoke southampton portsmouth plymouth
        exeter taunton york bradford sunderland wolverhampton oxford cambridge ipswich brighton
        luton swindon gloucester worcester lincoln carlisle durham preston blackpool bournemouth
        middlesbrough peterborough northampton huddersfield salford wakefield doncaster rotherham
        barnsley stockport bolton oldham kent essex surrey sussex hampshire devon cornwall dorset
        somerset wiltshire norfolk suffolk lincolnshire yorkshire lancashire cumbria
        northumberland cheshire shropshire staffordshire warwickshire derbyshire nottinghamshire
        blackburn burnley rochdale wigan hastings eastbourne torquay scarborough harrogate
        whitehaven grimsby scunthorpe croydon hackney camden lambeth
        leicestershire oxfordshire berkshire buckinghamshire hertfordshire bedfordshire
        cambridgeshire gloucestershire herefordshire worcestershire merseyside tyneside lloegr
        basildon basingstoke canterbury chelmsford cheltenham chesterfield colchester crawley crewe
        darlington folkestone gateshead guildford harlow hartlepool hereford isle_of_wight kettering
        lewisham loughborough lowestoft macclesfield maidstone margate milton_keynes
        nuneaton penzance redcar runcorn salisbury shrewsbury slough solihull southend southport
        stevenage telford truro walsall warrington watford weymouth wirral woking worthing
        yeovil
    """,
}
# Payments, taxes, cards and bodies that exist in one nation only (checked on gov.uk, gov.scot,
# gov.wales and nidirect.gov.uk, 2026-11). Who names one asks about it, wherever they live.
_SERVICES = {
    Nation.SCOTLAND: """
        social_security_scotland adult_disability_payment scottish_child_payment
        best_start_grant best_start_foods carer_support_payment job_start_payment
        funeral_support_payment young_carer_grant child_winter_heating_payment
        winter_heating_payment pension_age_disability_payment pension_age_winter_heating_payment
        scottish_welfare_fund land_and_buildings_transaction_tax lbtt saas mygov.scot
        police_scotland revenue_scotland young_scot nhs_24 child_disability_payment
        disclosure_scotland
    """,
    Nation.WALES: """
        land_transaction_tax ltt student_finance_wales rent_smart_wales welsh_revenue_authority
        discretionary_assistance_fund childcare_offer_for_wales natural_resources_wales
        help_to_buy_-_wales cyllid_myfyrwyr_cymru treth_trafodiadau_tir rhentu_doeth_cymru
        nhs_111_wales cronfa_cymorth_dewisol gronfa_cymorth_dewisol
    """,
    Nation.NORTHERN_IRELAND: """
        nidirect housing_executive psni land_&_property_services land_and_property_services
        lone_pensioner_allowance translink smartpass student_finance_ni department_for_communities
        jobs_and_benefits_office jobs_&_benefits_office accessni access_ni eoni
    """,
    Nation.ENGLAND: "student_finance_england household_support_fund",
}
# Words of one nation's law and schools: they only hint at where somebody lives, because people ask
# whether such a thing exists where they are.
_TERMS = {
    Nation.SCOTLAND: """
        holyrood procurator_fiscal sheriff_court private_residential_tenancy
        additional_support_needs
    """,
    Nation.WALES: """
        renting_homes occupation_contract contract-holder senedd additional_learning_needs
    """,
    Nation.NORTHERN_IRELAND: "stormont rate_rebate",
    Nation.ENGLAND: "section_21 ofsted education,_health_and_care_plan ehcp",
}


def _either(names: str) -> str:
    """Return what matches any of some names; `_` stands for a space inside a name."""
    forms = (re.escape(name).replace("_", r"\s+").replace("'", "['’]") for name in names.split())
    return rf"\b(?:{'|'.join(forms)})\b"


def _pattern(names: str) -> re.Pattern[str]:
    return re.compile(_either(names), re.IGNORECASE)


# "Scottish Child Payment in England": where, not of what.
_WHERE = re.compile(
    r"\b(?:in|yn|yng) (england|scotland|wales|northern ireland|lloegr|nghymru|yr alban|"
    r"ngogledd iwerddon)\b",
    re.IGNORECASE,
)
_ALL_PLACES = _either(" ".join(_PLACES.values()))
_PLACE_PATTERNS = {nation: _pattern(names) for nation, names in _PLACES.items()}
_SERVICE_PATTERNS = {nation: _pattern(names) for nation, names in _SERVICES.items()}
_TERM_PATTERNS = {nation: _pattern(names) for nation, names in _TERMS.items()}
# The language is not the place, and where somebody's doctor is need not be where they live.
_NOT_HOME = re.compile(
    # A city in Gwynedd and one in County Down: what is said beside it tells which.
    r"\bbangor(?=,? (?:in )?(?:(?:county|co\.?) down|northern ireland|n\.? ireland|ni|gwynedd|"
    r"(?:north )?wales|yng ngwynedd|yng nghymru|gogledd cymru)\b)|"
    r"\b(?:gp|doctor|surgery) is in \w+|\bmeddyg(?: teulu)? yn \w+|"
    r"\b(?:in|speak|speaks|read|language) (?:english|welsh)\b|\b(?:english|welsh) "
    r"(?:language|speaking|test|lessons?)\b",
    re.IGNORECASE,
)


_WORDS = re.compile(r"\w")


def places_of_nations() -> tuple[str, ...]:
    """Return all names of places and nations of the table, in lower case, `_` for a space."""
    return tuple(name for names in _PLACES.values() for name in names.split())


def nations_named(text: str) -> tuple[Nation, ...]:
    """Return the nations a text names or tells by a postcode, in a fixed order; may be empty."""
    text = _NOT_HOME.sub(" ", text)
    named = (*_matched(_SERVICE_PATTERNS, text), *_matched(_TERM_PATTERNS, text))
    return tuple(nation for nation in Nation if nation in (*named, *_places_named(text)))


def _places_named(text: str) -> tuple[Nation, ...]:
    """Return the nations whose places a text names; "Scottish Child Payment" is no place."""
    text = _NOT_HOME.sub(" ", text)
    by_postcode = nations_of_postcodes(text)
    for pattern in _SERVICE_PATTERNS.values():
        text = pattern.sub(" ", text)
    return tuple(dict.fromkeys((*by_postcode, *_matched(_PLACE_PATTERNS, text))))


def _matched(patterns: Mapping[Nation, re.Pattern[str]], text: str) -> tuple[Nation, ...]:
    return tuple(nation for nation, pattern in patterns.items() if pattern.search(text))


def without_nations(text: str) -> str:
    """Return a text without names of nations and of places in them."""
    for pattern in (*_SERVICE_PATTERNS.values(), *_PLACE_PATTERNS.values()):
        text = pattern.sub(" ", text)
    return text


def without_nation(text: str) -> str:
    """Return a text without "in Scotland"; the text itself where nothing else is said."""
    rest = " ".join(_WHERE.sub(" ", text).split())
    return rest if _WORDS.search(rest) else text


def in_another_place(text: str, message: str) -> str:
    """Return a text without its places when a message names another: "and in Scotland?"."""
    if not _places_named(message):
        return text
    for pattern in _PLACE_PATTERNS.values():
        text = pattern.sub(" ", text)
    return " ".join(text.split())


def tells_only_where(text: str) -> bool:
    """Whether a text says nothing but where somebody lives: "In Northern Ireland"."""
    if len(nations_named(text)) > 1:
        text = without_origins(text, _ALL_PLACES)
    return bool(nations_named(text)) and is_around_a_place(without_nations(text))


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What a message and the conversation tell of nations.

    Attributes:
        nation: The nation the answer must be about; None when nothing says which.
        lives_in: Where the citizen lives, when they name a payment or a body that is for people in
            another nation; else None.
    """

    nation: Nation | None
    lives_in: Nation | None = None


def whereabouts_of(
    texts: Sequence[str], requested: Nation | None, *, asked: str = ""
) -> Whereabouts:
    """Return which nation an enquiry is about and where the citizen lives.

    A place in what was said outweighs the nation of the request, which may only be that of the
    website; both tell where somebody lives, and the name of a payment tells what they ask about.

    Args:
        texts: What was said, most telling first: the question, then earlier turns from the newest.
        requested: The nation of the request.
        asked: The text that names the service asked about; the first text when empty.
    """
    service = _only(_matched(_SERVICE_PATTERNS, asked or (texts[0] if texts else "")))
    home = _said_to_be(texts, _places_named) or requested
    if service is not None and home is not None and home is not service:
        return Whereabouts(service, lives_in=home)
    return Whereabouts(service or home or nation_of(texts))


def nation_of(texts: Iterable[str]) -> Nation | None:
    """Return the one nation named by the first text that names any; None when unclear.

    Of several, the one where somebody lives counts ("born in Scotland, living in Wales"), and the
    one that is said to be where ("Scottish Child Payment in England").

    Args:
        texts: Most telling first: the question, then earlier turns from the newest back.
    """
    return _said_to_be(texts, nations_named)


def _said_to_be(
    texts: Iterable[str], nations_in: Callable[[str], tuple[Nation, ...]]
) -> Nation | None:
    for text in texts:
        named = nations_in(text)
        if len(named) > 1:
            named = nations_in(without_origins(text, _ALL_PLACES)) or named
        if len(named) > 1:
            said = without_origins(_NOT_HOME.sub(" ", text), _ALL_PLACES)
            named = nations_in(" ".join(_WHERE.findall(said))) or named
        if named:
            return _only(named)
    return None


def _only(nations: Sequence[Nation]) -> Nation | None:
    return nations[0] if len(nations) == 1 else None
