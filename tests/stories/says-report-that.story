A report's owner speaks through the noun.
----
The opposition rejected the commission's report that soldiers had killed nine villagers in Kasai.
----
COD.OPP.PTY REJECT COD.CVL.GOV~ | when? | Kasaï | the report | happened
COD.MIL~ ASSAULT COD.CVL | when? | Kasaï | the report | denied
