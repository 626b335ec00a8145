/** A voice of the service that its documentation and its examples name. */
export interface DocumentedVoice {
  readonly id: string;
  readonly name: string;
}

/**
 * The service's documented voices, by gender; those of its examples first.
 * Source: Cartesia TTS WebSocket reference, voice ids.
 */
export const documentedVoices = {
  feminine: [
    { id: "6ccbfb76-1fc6-48f7-b71d-91ac6298247b", name: "Tessa" }, // the voice of the service's examples
    { id: "f786b574-daa5-4673-aa0c-cbe3e8534c02", name: "Katie" },
    { id: "9626c31c-bec5-4cca-baa8-f8ba9e84c8bc", name: "Jacqueline" },
    { id: "db6b0ed5-d5d3-463d-ae85-518a07d3c2b4", name: "Skylar" },
    { id: "bf0a246a-8642-498a-9950-80c35e9276b5", name: "Sophie" },
    { id: "cbaf8084-f009-4838-a096-07ee2e6612b1", name: "Maya" },
    { id: "cc00e582-ed66-4004-8336-0175b85c85f6", name: "Dana" },
    { id: "26403c37-80c1-4a1a-8692-540551ca2ae5", name: "Marian" },
  ],
  masculine: [
    { id: "a5136bf9-224c-4d76-b823-52bd5efcffcc", name: "Jameson" },
    { id: "0834f3df-e650-4766-a20c-5a93a43aa6e3", name: "Leo" },
    { id: "6776173b-fd72-460d-89b3-d85812ee518d", name: "Jace" },
    { id: "c961b81c-a935-4c17-bfb3-ba2239de8c2f", name: "Kyle" },
    { id: "f4a3a8e4-694c-4c45-9ca0-27caf97901b5", name: "Gavin" },
  ],
} as const satisfies Readonly<Record<string, readonly DocumentedVoice[]>>;
