"""What the bot says where a guardrail has a word of its own.

Content designers edit this file like `bot/wording.py`: English and Welsh stand side by side, and a
test fails when a kind of question has no words.
"""

from types import MappingProxyType

DO_NOT_SHARE = MappingProxyType(
    {
        "en": "Do not share this in a chat: {kinds}. Nobody from this service will ask for it.",
        "cy": (
            "Peidiwch â rhannu hyn mewn sgwrs: {kinds}. Ni fydd neb o'r gwasanaeth hwn yn gofyn "
            "amdano."
        ),
    }
)

UNCHECKED = MappingProxyType(
    {
        "en": (
            "I could not check your message for personal information, so I did not use it and it "
            "was not kept. Please write it again, shorter."
        ),
        "cy": (
            "Ni allwn wirio'ch neges am wybodaeth bersonol, felly ni ddefnyddiais hi ac ni "
            "chafodd ei chadw. Ysgrifennwch hi eto, yn fyrrach."
        ),
    }
)

NEUTRAL = MappingProxyType(
    {
        "politics": {
            "en": (
                "I do not take sides in politics. I can help with how to vote, how to contact "
                "your representatives, and what the guidance says."
            ),
            "cy": (
                "Nid wyf yn cymryd ochr mewn gwleidyddiaeth. Gallaf helpu gyda sut i bleidleisio, "
                "sut i gysylltu â'ch cynrychiolwyr, a'r hyn mae'r canllawiau'n ei ddweud."
            ),
        },
        "opinion": {
            "en": "I do not give opinions. Ask me what the rules are and I will quote them.",
            "cy": (
                "Nid wyf yn rhoi barn. Gofynnwch i mi beth yw'r rheolau a byddaf yn eu dyfynnu."
            ),
        },
        "prediction": {
            "en": "I cannot say what will happen. Ask me what the rules are now.",
            "cy": "Ni allaf ddweud beth fydd yn digwydd. Gofynnwch i mi beth yw'r rheolau nawr.",
        },
    }
)

ADVISERS = MappingProxyType(
    {
        "outcome": {
            "en": (
                "I cannot say how your case will end. What is shown here are the rules. Citizens "
                "Advice or a solicitor can look at your case."
            ),
            "cy": (
                "Ni allaf ddweud sut y bydd eich achos yn dod i ben. Y rheolau sydd yma. Gall "
                "Cyngor ar Bopeth neu gyfreithiwr edrych ar eich achos."
            ),
        },
        "medical": {
            "en": (
                "What is shown here is published guidance, not advice for you. A pharmacist, your "
                "GP or NHS 111 can help you decide."
            ),
            "cy": (
                "Canllawiau cyhoeddedig sydd yma, nid cyngor i chi. Gall fferyllydd, eich meddyg "
                "teulu neu GIG 111 eich helpu i benderfynu."
            ),
        },
        "legal": {
            "en": (
                "What is shown here are the rules. The decision is yours: Citizens Advice or a "
                "solicitor can help you decide."
            ),
            "cy": (
                "Y rheolau sydd yma. Chi sy'n penderfynu: gall Cyngor ar Bopeth neu gyfreithiwr "
                "eich helpu i benderfynu."
            ),
        },
        "financial": {
            "en": (
                "What is shown here are the rules. The decision is yours: MoneyHelper (free, from "
                "the government) or a financial adviser can help you decide."
            ),
            "cy": (
                "Y rheolau sydd yma. Chi sy'n penderfynu: gall HelpwrArian (am ddim, gan y "
                "llywodraeth) neu gynghorydd ariannol eich helpu i benderfynu."
            ),
        },
        "personal": {
            "en": (
                "What is shown here are the rules. The decision is yours: an independent adviser, "
                "such as Citizens Advice, can help you decide."
            ),
            "cy": (
                "Y rheolau sydd yma. Chi sy'n penderfynu: gall cynghorydd annibynnol, fel Cyngor "
                "ar Bopeth, eich helpu i benderfynu."
            ),
        },
    }
)
