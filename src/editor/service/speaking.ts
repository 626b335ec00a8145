import type { Endpoint } from "../../session/connection/connection.ts";
import type { Service } from "./services.ts";

/** Who speaks in one press of Preview, and where it is reached. */
export class Speaking {
  #service: Service;
  /** Asked for before it is needed: the key lies in another process, and the local voice takes its time to start. */
  #early: Promise<Endpoint> | undefined;

  /** `isNeeded`: something is to be spoken. */
  constructor(service: Service, isNeeded: boolean) {
    this.#service = service;
    this.#early = isNeeded ? service.endpoint() : undefined;
    this.#early?.catch(() => {}); // whoever takes it hears of it
  }

  get service(): Service {
    return this.#service;
  }

  /** Another service speaks, for the script was read for it. */
  set service(service: Service) {
    if (service === this.#service) return;
    this.#service = service;
    this.#early = undefined;
  }

  /** Where the service is reached. Asked again, it looks again: the key may have changed. */
  endpoint(): Promise<Endpoint> {
    const early = this.#early;
    this.#early = undefined;
    return early ?? this.#service.endpoint();
  }
}
