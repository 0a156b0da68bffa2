Unnamed officials are the speakers, with what they were told about.
----
Israel bombed a convoy near Damascus on Sunday, according to two officials briefed on the raid.
----
ISR.GOV.MIL ASSAULT aerial ?.MIL.GOV | when? | Damascus | two officials | happened
