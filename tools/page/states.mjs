// Under which code a shape of the atlas is filed where its number does not tell it.
export const CODES = {
  "N. Cyprus": "CYP",
  Somaliland: "SOM",
  Kosovo: "KOS",
  "Falkland Is.": "GBR",
  "Fr. S. Antarctic Lands": "FRA",
  "New Caledonia": "FRA",
  "Puerto Rico": "USA",
  Greenland: "DNK",
};

// States that are too small for an outline: a mark stands for them.
export const SMALL = new Set(
  ("AND ATG BHR BRB COM CPV DMA FSM GRD HKG KIR KNA LCA LIE MCO MDV MHL MLT MUS NRU "
    + "PLW SGP SMR STP SYC TON VAT VCT WSM").split(" "),
);

// What has no number and no code, and may have none: no state claims it alone.
export const DRAWN = /^(?!Siachen Glacier|Indian Ocean Ter\.$)/;
