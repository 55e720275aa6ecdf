import { SET_CLOCK, wrongBy } from "../../google/clock";
import { done, type Step, stuck } from "../step";

/** This machine's time, by Google's answers to the steps before. */
export const clock: Step = {
  title: "Clock",
  why: "Google refuses tokens that are of another time.",
  look: ({ google }) => {
    const wrong = wrongBy(google);
    return Promise.resolve(wrong ? stuck(`This machine's clock is ${wrong}.`, SET_CLOCK) : done("agrees with Google's"));
  },
};
