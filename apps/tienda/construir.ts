/** Builds the pages once for all starts to come; `bun run setup` and the image do it. */
import { guardarConstruccion } from './src/server/guardada.ts'

await guardarConstruccion()
