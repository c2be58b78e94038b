import { ErrorDeCampo } from '../../formularios/formulario.ts'
import { Campo } from '../../formularios/campos.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { PlusIcon, TrashIcon } from '../../ui/icons.tsx'
import { useFilas } from '../ui/filas.ts'
import { useTextosEdicion } from './textos-edicion.ts'
import { useTextosProductos } from './textos.ts'

const maximo = 50
const campoNombre = 'atributo-nombre-'
const campoValor = 'atributo-valor-'

/**
 * The details that stand in a form.
 * @throws ErrorDeCampo for a name that is there twice, in the words of `repetida`
 */
export function leerAtributos(datos: FormData, repetida: (nombre: string) => string) {
  const leidos = new Map<string, string>()
  for (const [campo, escrito] of datos) {
    if (!campo.startsWith(campoNombre)) continue
    const nombre = String(escrito).trim()
    if (leidos.has(nombre)) throw new ErrorDeCampo(campo, repetida(nombre))
    const valor = datos.get(campoValor + campo.slice(campoNombre.length))
    leidos.set(nombre, String(valor ?? '').trim())
  }
  return Object.fromEntries(leidos)
}

/** Names and values, as many as one likes, in a form. */
export function Atributos({ inicial }: { readonly inicial: Readonly<Record<string, string>> }) {
  const { campo } = useTextosProductos()
  const { atributos: t } = useTextosEdicion()
  const { filas, mas, anadir, quitar } = useFilas(Object.entries(inicial))
  return (
    <fieldset className="border-linea rounded-xl border p-4">
      <legend className="px-1 text-sm font-medium">{campo.atributos}</legend>
      {filas.length === 0 && <p className="text-suave mb-3 text-sm">{t.ninguna}</p>}
      <ul className="flex flex-col gap-3">
        {filas.map(({ clave, dato: [nombre, valor], nueva }, indice) => (
          <li key={clave} className="flex items-start gap-2">
            <div className="grid min-w-0 flex-1 gap-2 sm:grid-cols-[2fr_3fr]">
              <Campo
                label={t.nombre}
                aria-label={t.nombreDe(indice + 1)}
                name={campoNombre + clave}
                required
                maxLength={60}
                autoComplete="off"
                defaultValue={nombre}
                // Where one goes on right after adding it.
                autoFocus={nueva}
              />
              <Campo
                label={t.valor}
                aria-label={t.valorDe(indice + 1)}
                name={campoValor + clave}
                optional={undefined}
                maxLength={500}
                autoComplete="off"
                defaultValue={valor}
              />
            </div>
            <IconButton
              label={t.quitar(indice + 1)}
              className="mt-6.5"
              onClick={() => quitar(clave)}
            >
              <TrashIcon />
            </IconButton>
          </li>
        ))}
      </ul>
      {filas.length < maximo && (
        <Button
          ref={mas}
          look="secondary"
          size="small"
          className="mt-3"
          onClick={() => anadir(['', ''])}
        >
          <PlusIcon />
          <span>{t.anadir}</span>
        </Button>
      )}
    </fieldset>
  )
}
