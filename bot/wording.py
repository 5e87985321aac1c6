"""Every sentence the bot says that is neither quoted nor written by a model.

Content designers edit this file. English and Welsh stand side by side; a test fails when either
is missing. Wording follows the GOV.UK style guide: say what happened, then what to do.
"""

from types import MappingProxyType
from typing import Literal

from bot.answer import AnswerStatus

Language = Literal["en", "cy"]

REPLIES = MappingProxyType(
    {
        AnswerStatus.CLARIFICATION: {
            "en": "The answer is different in each nation. Where do you live?",
            "cy": "Mae'r ateb yn wahanol ym mhob gwlad. Ble ydych chi'n byw?",
        },
        AnswerStatus.NO_ANSWER_NOT_FOUND: {
            "en": (
                "I could not find an answer to this in the guidance I have. "
                "Try asking in other words, or contact the organisation that runs the service."
            ),
            "cy": (
                "Ni allwn ddod o hyd i ateb i hyn yn y canllawiau sydd gen i. Rhowch gynnig ar "
                "ofyn mewn geiriau eraill, neu cysylltwch â'r sefydliad sy'n rhedeg y gwasanaeth."
            ),
        },
        AnswerStatus.NO_ANSWER_LOW_CONFIDENCE: {
            "en": (
                "I am not sure that the guidance I have answers this, so I will not guess. "
                "These pages are the closest I found."
            ),
            "cy": (
                "Nid wyf yn siŵr bod y canllawiau sydd gen i yn ateb hyn, felly ni fyddaf yn "
                "dyfalu. Dyma'r tudalennau agosaf a ddarganfyddais."
            ),
        },
        AnswerStatus.REDIRECT_CRISIS: {
            "en": "If you are struggling or not safe, you can talk to someone now.",
            "cy": (
                "Os ydych chi'n cael trafferth neu ddim yn ddiogel, gallwch siarad â rhywun nawr."
            ),
        },
        AnswerStatus.REDIRECT_EMERGENCY: {
            "en": "If someone is in danger now, call 999.",
            "cy": "Os oes rhywun mewn perygl nawr, ffoniwch 999.",
        },
        AnswerStatus.REDIRECT_ACCOUNT: {
            "en": (
                "I cannot see your records, claims or payments. Sign in to the service you used, "
                "or contact the organisation that runs it."
            ),
            "cy": (
                "Ni allaf weld eich cofnodion, eich ceisiadau na'ch taliadau. Mewngofnodwch i'r "
                "gwasanaeth a ddefnyddioch, neu cysylltwch â'r sefydliad sy'n ei redeg."
            ),
        },
        AnswerStatus.REDIRECT_PARLIAMENT: {
            "en": (
                "I can only answer from published guidance. For questions to your MP or about "
                "Parliament, go to parliament.uk."
            ),
            "cy": (
                "Dim ond o ganllawiau cyhoeddedig y gallaf ateb. Am gwestiynau i'ch AS neu am y "
                "Senedd, ewch i parliament.uk neu senedd.cymru."
            ),
        },
        AnswerStatus.REDIRECT_FOI: {
            "en": (
                "I cannot take a freedom of information request. Send it to the public body that "
                "holds the information; it must reply within 20 working days."
            ),
            "cy": (
                "Ni allaf dderbyn cais rhyddid gwybodaeth. Anfonwch ef at y corff cyhoeddus sy'n "
                "dal y wybodaeth; rhaid iddo ateb o fewn 20 diwrnod gwaith."
            ),
        },
        AnswerStatus.REDIRECT_CONTACT: {
            "en": "A person can help with this. Contact the organisation that runs the service.",
            "cy": (
                "Gall person eich helpu gyda hyn. Cysylltwch â'r sefydliad sy'n rhedeg y "
                "gwasanaeth."
            ),
        },
        AnswerStatus.SMALLTALK_GREETING: {
            "en": "Hello. Ask me a question about public services and I will look in the guidance.",
            "cy": (
                "Helo. Gofynnwch gwestiwn i mi am wasanaethau cyhoeddus a byddaf yn edrych yn y "
                "canllawiau."
            ),
        },
        AnswerStatus.SMALLTALK_THANKS: {
            "en": "You are welcome. You can ask another question at any time.",
            "cy": "Croeso. Gallwch ofyn cwestiwn arall unrhyw bryd.",
        },
        AnswerStatus.SMALLTALK_ABOUT: {
            "en": (
                "I am an automated service, not a person. I answer by quoting published guidance "
                "and I link to every sentence I quote. I do not keep personal details."
            ),
            "cy": (
                "Gwasanaeth awtomataidd ydw i, nid person. Rwy'n ateb drwy ddyfynnu canllawiau "
                "cyhoeddedig ac yn rhoi dolen i bob brawddeg. Nid wyf yn cadw manylion personol."
            ),
        },
        AnswerStatus.SMALLTALK_COMPLAINT: {
            "en": (
                "I am sorry this has not gone well. To complain, contact the organisation that "
                "runs the service. You can also tell us about this answer with the feedback "
                "buttons."
            ),
            "cy": (
                "Mae'n ddrwg gen i nad yw hyn wedi mynd yn dda. I gwyno, cysylltwch â'r "
                "sefydliad sy'n rhedeg y gwasanaeth. Gallwch hefyd ddweud wrthym am yr ateb hwn "
                "gyda'r botymau adborth."
            ),
        },
        AnswerStatus.REFUSED_PERSONAL_DATA: {
            "en": (
                "Your message held a card number, a password or a security code, so I did not use "
                "it and it was not kept. Never share these here. Ask again without them."
            ),
            "cy": (
                "Roedd eich neges yn cynnwys rhif cerdyn, cyfrinair neu god diogelwch, felly ni "
                "ddefnyddiais hi ac ni chafodd ei chadw. Peidiwch byth â rhannu'r rhain yma. "
                "Gofynnwch eto hebddynt."
            ),
        },
        AnswerStatus.REFUSED_PROMPT_INJECTION: {
            "en": "I cannot answer that. Ask me a question about public services.",
            "cy": "Ni allaf ateb hynny. Gofynnwch gwestiwn i mi am wasanaethau cyhoeddus.",
        },
        AnswerStatus.REFUSED_ABUSE: {
            "en": "I can help with questions about public services. What do you need to know?",
            "cy": (
                "Gallaf helpu gyda chwestiynau am wasanaethau cyhoeddus. Beth sydd angen i chi ei "
                "wybod?"
            ),
        },
        AnswerStatus.REFUSED_ADVICE: {
            "en": (
                "I can tell you the rules, but not what to choose. An independent adviser, such "
                "as Citizens Advice, can help you decide."
            ),
            "cy": (
                "Gallaf ddweud wrthych beth yw'r rheolau, ond nid beth i'w ddewis. Gall cynghorydd "
                "annibynnol, fel Cyngor ar Bopeth, eich helpu i benderfynu."
            ),
        },
        AnswerStatus.REFUSED_OUT_OF_SCOPE: {
            "en": "I can only answer questions about public services from published guidance.",
            "cy": (
                "Dim ond cwestiynau am wasanaethau cyhoeddus y gallaf eu hateb, o ganllawiau "
                "cyhoeddedig."
            ),
        },
        AnswerStatus.REFUSED_LANGUAGE: {
            "en": (
                "I can answer in English and Welsh. Please ask in one of them, or ask someone to "
                "help you. If someone is in danger now, call 999."
            ),
            "cy": (
                "Gallaf ateb yn Gymraeg ac yn Saesneg. Gofynnwch yn un ohonynt, neu gofynnwch i "
                "rywun eich helpu. Os oes rhywun mewn perygl nawr, ffoniwch 999."
            ),
        },
        AnswerStatus.ERROR_TIMEOUT: {
            "en": "This took too long, so I stopped. Please try again.",
            "cy": "Cymerodd hyn ormod o amser, felly stopiais. Rhowch gynnig arall arni.",
        },
        AnswerStatus.ERROR_MODEL: {
            "en": "The part of the service that writes answers failed. Please try again later.",
            "cy": (
                "Methodd y rhan o'r gwasanaeth sy'n ysgrifennu atebion. Rhowch gynnig arall arni "
                "yn nes ymlaen."
            ),
        },
        AnswerStatus.ERROR_INDEX: {
            "en": "The guidance cannot be searched at the moment. Please try again later.",
            "cy": (
                "Ni ellir chwilio'r canllawiau ar hyn o bryd. Rhowch gynnig arall arni yn nes "
                "ymlaen."
            ),
        },
        AnswerStatus.ERROR_UNEXPECTED: {
            "en": "Something went wrong and I could not answer. Please try again later.",
            "cy": (
                "Aeth rhywbeth o'i le ac ni allwn ateb. Rhowch gynnig arall arni yn nes ymlaen."
            ),
        },
    }
)

HELP = MappingProxyType(
    {
        "en": "If you or someone you know is not safe or is struggling, you can get help now:",
        "cy": (
            "Os nad ydych chi neu rywun rydych yn ei adnabod yn ddiogel, neu'n cael trafferth, "
            "gallwch gael help nawr:"
        ),
    }
)

TRANSLATED = MappingProxyType(
    {
        "en": "A machine translated this into your language. The English text is what counts.",
        "cy": "Peiriant a gyfieithodd hwn i'ch iaith chi. Y testun Saesneg sy'n cyfrif.",
    }
)

NO_WORDS = MappingProxyType(
    {
        "en": "Please write your question in words.",
        "cy": "Ysgrifennwch eich cwestiwn mewn geiriau.",
    }
)

WHICH_SERVICE = MappingProxyType(
    {
        "en": "Several services could answer this. Which one do you mean?",
        "cy": "Gallai sawl gwasanaeth ateb hyn. Pa un ydych chi'n ei olygu?",
    }
)

WHICH_SUBJECT = MappingProxyType(
    {
        "en": "What is your question about? Name the service or the subject.",
        "cy": "Am beth mae eich cwestiwn? Enwch y gwasanaeth neu'r pwnc.",
    }
)

YOU_ASKED = MappingProxyType(
    {"en": "You asked: “{question}”", "cy": "Fe wnaethoch chi ofyn: “{question}”"}
)

REDACTED = MappingProxyType(
    {
        "en": (
            "We removed personal information from your question ({kinds}). "
            "You do not need to share it to get an answer."
        ),
        "cy": (
            "Rydym wedi tynnu gwybodaeth bersonol o'ch cwestiwn ({kinds}). "
            "Nid oes angen ei rhannu i gael ateb."
        ),
    }
)

ENGLISH_ONLY = MappingProxyType(
    {
        "en": "This guidance is only available in Welsh.",
        "cy": "Dim ond yn Saesneg y mae'r canllawiau hyn ar gael.",
    }
)

DISAGREEMENT = MappingProxyType(
    {
        "en": "Two pages give different figures. Both are shown: check which one is right for you.",
        "cy": (
            "Mae dwy dudalen yn rhoi ffigurau gwahanol. Dangosir y ddwy: gwiriwch pa un sy'n gywir "
            "i chi."
        ),
    }
)

PARTIAL = MappingProxyType(
    {
        "en": "I am not sure this answers all of your question. Check the pages below.",
        "cy": (
            "Nid wyf yn siŵr bod hyn yn ateb eich cwestiwn i gyd. Edrychwch ar y tudalennau isod."
        ),
    }
)

WRITTEN_WITHOUT_MODEL = MappingProxyType(
    {
        "en": "The writing service is not available, so this answer quotes the guidance.",
        "cy": (
            "Nid yw'r gwasanaeth ysgrifennu ar gael, felly mae'r ateb hwn yn dyfynnu'r canllawiau."
        ),
    }
)

CHECKED_BY_QUOTING = MappingProxyType(
    {
        "en": "A written answer did not pass its checks, so this answer quotes the guidance.",
        "cy": (
            "Ni phasiodd ateb ysgrifenedig ei wiriadau, felly mae'r ateb hwn yn dyfynnu'r "
            "canllawiau."
        ),
    }
)


def reply(status: AnswerStatus, language: Language) -> str:
    """Return the fixed wording of a status."""
    return REPLIES[status][language]
