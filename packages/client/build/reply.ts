/** Stands for the refusals with these codes; `declarations.ts` says what it is where it is read. */
export interface Refusal<C extends string> {
  readonly codes: C
}

/** Stands for what a call resolves with: its data, the codes of its refusals, and other bodies by status. */
export interface Reply<Data, Codes, Rest> {
  readonly parts: [Data, Codes, Rest]
}
