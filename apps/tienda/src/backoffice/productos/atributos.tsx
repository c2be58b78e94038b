import { ErrorDeCampo } from '../../formularios/formulario.ts'
import { Campo } from '../../formularios/campos.tsx'
import { Filas } from '../ui/filas.tsx'
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
  return (
    <fieldset className="border-linea rounded-xl border p-4">
      <legend className="px-1 text-sm font-medium">{campo.atributos}</legend>
      <Filas
        inicial={Object.entries(inicial)}
        vacia={['', '']}
        maximo={maximo}
        ninguna={t.ninguna}
        anadirTexto={t.anadir}
        quitarTexto={t.quitar}
        columnas="sm:grid-cols-[2fr_3fr]"
      >
        {({ clave, dato: [nombre, valor], nueva }, numero) => (
          <>
            <Campo
              label={t.nombre}
              aria-label={t.nombreDe(numero)}
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
              aria-label={t.valorDe(numero)}
              name={campoValor + clave}
              optional={undefined}
              maxLength={500}
              autoComplete="off"
              defaultValue={valor}
            />
          </>
        )}
      </Filas>
    </fieldset>
  )
}
