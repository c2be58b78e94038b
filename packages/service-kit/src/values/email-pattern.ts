import { invisibles } from './identity-key.ts'

/** What comes along when something is copied from elsewhere: it may stand around, and is not kept. */
export const around = `[ \\u00a0${invisibles}]*`
const inEmail = `[^\\s@<>"(),:;\\\\\\[\\]\\u0000-\\u001f\\u007f${invisibles}]`
/** No control characters, no spaces, one @ and a dot behind it; who owns it is another question. */
export const emailPattern = `^${around}${inEmail}{1,64}@${inEmail}+\\.${inEmail}+${around}$`
