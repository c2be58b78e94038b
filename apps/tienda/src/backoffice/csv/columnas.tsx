import type { Materia } from './datos.ts'
import { useTextosCsv } from './textos.ts'

/** What a file may say. */
export function Columnas({ materia }: { readonly materia: Materia }) {
  const t = useTextosCsv()
  return (
    <details>
      <summary className="text-acento flex min-h-11 w-fit cursor-pointer items-center font-medium underline underline-offset-4">
        {t.columnas}
      </summary>
      <dl className="grid gap-x-4 gap-y-1 text-sm sm:grid-cols-[auto_1fr]">
        {Object.entries(t.columna[materia]).map(([nombre, texto], indice) => (
          <div key={nombre} className="grid grid-cols-subgrid sm:col-span-2">
            <dt>
              <code>{nombre}</code>
            </dt>
            <dd className="text-suave max-sm:mb-2">
              {indice === 0 ? `${t.obligatoria}: ${texto}` : texto}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
