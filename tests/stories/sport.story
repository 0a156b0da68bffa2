Sport beats nobody.
----
Germany beat Brazil 2-1 on Saturday after a late strike and will defend the title in Rome.
----
