import { join } from 'node:path'
import type { LeerPlantilla } from '../ports/correo.ts'

/** Far more than a mail is. */
const maxBytes = 256 * 1024

/** Templates that the shop keeps in a folder; read each time, so that a saved one counts at once. */
export function createPlantillas(folder: string): LeerPlantilla {
  return async (nombre) => {
    const file = Bun.file(join(folder, nombre))
    if (!(await file.exists())) return undefined
    if (file.size > maxBytes) throw new Error(`${nombre} has more than ${maxBytes} bytes`)
    return await file.text()
  }
}
