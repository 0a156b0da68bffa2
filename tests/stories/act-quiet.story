Sport, exhibitions and business tell no political act.
----
The orchestra played in a hall that was built after a fire. The striker scored twice and the coach praised his defence. Shares in the chip maker fell.
----
