The backer is not the actor.
----
U.S.-backed rebels attacked a Syrian army convoy near Aleppo.
----
- SUPPORT SYR.REB~ | when? | Aleppo | the report | ongoing
SYR.REB~ ASSAULT SYR.MIL | when? | Aleppo | the report | happened
