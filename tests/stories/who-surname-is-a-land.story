A surname that is a country's name is its bearer's, once the report has named him in full.
----
published: 2014-03-12
WASHINGTON — Senator Jack Chad of Ohio criticized the White House on Tuesday. Chad met officials of the Pentagon. The senator rejected Chad's critics.
----
USA.LEG ACCUSE disapprove USA.GOV | 2014-03-11 | where? | the report | happened
USA.LEG.GOV~ CONSULT USA.GOV.MIL | 2014-03-11 | Washington | the report | happened
USA.LEG~ REJECT USA.CVL.LEG~ | 2014-03-11 | where? | the report | happened
