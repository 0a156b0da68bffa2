// What pages gain where scripts run. All of them work without.
import "./live.js";
import "./keys.js";
import "./lighting.js";
import "./marking.js";
import "./network.js";
import "./parties.js";
import "./slider.js";
import "./zoom.js";
