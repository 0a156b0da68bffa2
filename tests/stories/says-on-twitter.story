What is written on a network is said by who writes it.
----
Kenyan troops killed four militants near Garissa, Interior Minister Joseph Mwangi wrote on Twitter.
----
KEN.MIL.GOV ASSAULT KEN.REB~ | when? | Garissa | Joseph Mwangi | happened
