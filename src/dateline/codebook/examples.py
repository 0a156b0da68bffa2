"""Types of the ontology that ships, as help texts and pages show them."""

A_TYPE = "AID"
A_DEED = "CONSULT"
TYPES = "CONSULT,AGREE"
