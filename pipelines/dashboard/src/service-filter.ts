import { byId, element } from "./elements";
import { formatService } from "./format";
import type { Service } from "./selection";

/**
 * Buttons that choose the service shown; reached by Tab, pressed by Enter or Space.
 *
 * @param choose called with each choice
 */
export function showServiceFilter(services: readonly string[], choose: (service: Service) => void): void {
  const choices: readonly Service[] = [null, ...services];
  const buttons = choices.map((service) => {
    const button = element(
      "button",
      { type: "button", "aria-pressed": String(service === null), "data-service": service ?? "" },
      ...(service === null ? [] : [element("span", { class: `dot dot-${service}`, "aria-hidden": "true" })]),
      service === null ? "All" : formatService(service),
    );
    button.addEventListener("click", () => {
      for (const other of buttons) {
        other.setAttribute("aria-pressed", String(other === button));
      }
      choose(service);
    });
    return button;
  });
  byId("filter").replaceChildren(...(services.length === 0 ? [] : buttons));
}
