A modal leaves an act possible, and so does a want of evidence.
----
There is no evidence that Ugandan troops attacked the Congolese town. The Kenyan president may meet his Ugandan counterpart. Officials said that the French and German leaders could meet in Geneva.
----
UGA.MIL.GOV ASSAULT COD.CVL | when? | where? | the report | possible
KEN.GOV AGREE (CONSULT) UGA.GOV.MIL | when? | where? | the report | possible
FRA.GOV+DEU.GOV AGREE (CONSULT) - | when? | Geneva | Officials | possible
