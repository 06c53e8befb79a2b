"""Sentences by which a compiled encoder is compared with its original, all written for this."""

from __future__ import annotations

CHECK_TEXTS = (
    "Ceasefire",
    "Who signed the agreement?",
    "How many people were evacuated from the valley on Tuesday?",
    "When did the talks in Geneva begin?",
    "The foreign minister said the observers would arrive within ten days.",
    "“We have nothing to hide,” the governor told reporters outside the courthouse.",
    "Rescue teams reached the village of Dorna at 04:15 and found 23 survivors, an official said.",
    "The central bank raised its key rate by 0.75 points, to 8.5 per cent, the highest since 2009.",
    "Prices of wheat fell 3.2% in Chicago after rain returned to the plains.",
    "A spokesman for the ministry declined to comment.",
    "The court ruled that the 1993 law did not apply to companies registered abroad.",
    "Shelling was reported near the line of contact overnight; both sides blamed each other.",
    "The co-chairs of the group will meet the two presidents separately, and then together.",
    "Voters go to the polls on 14 March to choose a new parliament of 120 seats.",
    "The team won 3–1 after extra time, with two goals by the substitute.",
    "Scientists found traces of water ice in a crater near the southern pole of the Moon.",
    "The vaccine was 62 per cent effective among people over seventy, the trial's first results say.",
    "Her third novel, set in a fishing town in the 1950s, won the prize on Thursday.",
    "The airline cancelled 140 flights because of the strike and asked passengers to stay at home.",
    "Engineers switched off the second reactor as a precaution; radiation levels stayed normal.",
    "Police arrested four men, aged 19 to 34, in connection with the fire at the warehouse.",
    "The president vetoed the bill, calling it “a gift to smugglers”.",
    "Oil passed $90 a barrel for the first time since October.",
    "Hundreds of students marched through the capital to demand lower fees.",
    "The embassy advised its citizens to leave the province as soon as possible.",
    "Brussels and London agreed on a text, but fishermen said that it gave away too much.",
    "An earthquake of magnitude 6.1 struck 40 km west of the port, with no reports of damage.",
    "The company will close its plant in Lund by the end of the year, with the loss of 850 jobs.",
    "Mr. Okafor, who led the inquiry, said the records had been destroyed by mistake.",
    "The U.N. envoy urged restraint and offered to mediate.",
    "Farmers along the river have waited two years for compensation.",
    "The orchestra cancelled its tour after a third of the players tested positive.",
    "It was not immediately clear who had ordered the attack.",
    "The mayor apologised on Friday for the delay and promised weekly reports.",
    "Turkey's parliament approved the sending of observers for one year.",
    "The prime minister of Armenia and the president of Azerbaijan spoke by telephone on Sunday.",
    "Russian border guards were stationed along the highway between the two towns.",
    "The commission will publish the names, dates of birth and last known addresses of the missing.",
    "Sales of electric cars doubled in a year, while those of diesel cars fell by a third.",
    "Correction: an earlier version of this article gave the wrong date for the treaty.",
    "Read more: what we know about the outbreak",
    "By our correspondent in Tbilisi",
    "Министр заявил, что стороны договорились о прекращении огня с полуночи.",
    "Президент подписал указ о выводе войск из двух районов.",
    "Նախարարը հայտարարեց, որ բանակցությունները կշարունակվեն երկուշաբթի։",
    "Nazir bildirib ki, danışıqlar bazar ertəsi davam edəcək.",
    "El gobierno anunció nuevas medidas contra la sequía en el sur del país.",
    "Die Gewerkschaft kündigte für Montag einen ganztägigen Warnstreik an.",
    "The negotiators worked through the night on the last two open questions, the fate of the prisoners"
    " and the position of the checkpoints, and announced shortly before dawn that they had settled the "
    "first of them; the second, according to a person who was in the room but was not allowed to speak "
    "publicly, would be left to a commission of military officers that is to meet for the first time "
    "next week in a town that both sides accept.",
    "The storm made landfall as a category two hurricane. It tore roofs from houses, cut power to "
    "300,000 homes and flooded the old harbour. By evening it had weakened, and the authorities lifted "
    "the curfew in three of the five districts. Schools stay closed until Wednesday. The finance "
    "minister put the damage at half a billion dollars.",
)
