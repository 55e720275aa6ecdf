import type { Cases } from "./case";
import { grants } from "./grants";
import { house } from "./house";
import { keys } from "./keys";
import { machines } from "./machines";
import { networks } from "./network";
import { storage } from "./storage";
import { warehouse } from "./warehouse";

/** The cases of all rules. */
export const cases: Cases = { ...grants, ...house, ...keys, ...machines, ...networks, ...storage, ...warehouse };
