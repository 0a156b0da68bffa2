A report's owner speaks through the noun.
----
The opposition rejected the commission's report that soldiers had killed nine villagers in Kasai.
----
COD.OPP.PTY~ REJECT ?.GOV.JUD | when? | where? | the report | happened
