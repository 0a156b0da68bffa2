An adverb hides an unnamed speaker.
----
Ugandan troops reportedly crossed into Congo.
----
UGA.MIL.GOV MOBILIZE troops COD.GOV.MIL | when? | Democratic Republic of the Congo | reportedly | happened
