The backer is not the actor.
----
U.S.-backed rebels attacked a Syrian army convoy near Aleppo.
----
SYR.REB~ ASSAULT SYR.MIL | when? | Aleppo | the report | happened
