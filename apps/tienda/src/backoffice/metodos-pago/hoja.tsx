import { useMemo } from 'react'
import { useMoneda } from '../../datos/moneda.ts'
import { CampoPrecio } from '../../formularios/campo-precio.tsx'
import {
  Campo,
  CampoLargo,
  CampoLista,
  CampoOpciones,
  Casilla,
  Formulario,
} from '../../formularios/campos.tsx'
import { campoDe, ErrorDeCampo, porCodigo, useFormulario } from '../../formularios/formulario.ts'
import { useLengua } from '../../textos/idioma.ts'
import { paisesEn } from '../../textos/paises.ts'
import { Panel } from '../../ui/panel.tsx'
import { Filas } from '../ui/filas.tsx'
import type { FormaMetodoPago } from './datos.ts'
import {
  campoPais,
  codigoLimpio,
  horasParaEditar,
  leerMetodo,
  momentos,
  proveedores,
} from './forma.ts'
import { useTextosMetodosPago } from './textos.ts'

interface HojaProps {
  /** Undefined for a method that there is not yet. */
  readonly inicial: FormaMetodoPago | undefined
  readonly conFoco: boolean
  readonly guardar: (forma: FormaMetodoPago, codigo: string) => Promise<void>
  readonly alEscribir: () => void
}

/** The form of a way to pay. */
export function HojaMetodoPago({ inicial, conFoco, guardar, alEscribir }: HojaProps) {
  const t = useTextosMetodosPago()
  const moneda = useMoneda()
  const { region } = useLengua()
  const formulario = useFormulario({
    async enviar(datos) {
      const codigo = codigoLimpio(campoDe(datos, 'codigo'))
      if (!inicial && codigo === undefined) throw new ErrorDeCampo('codigo', t.codigoMal)
      const lector = { region, moneda, inicial, textos: t }
      await guardar(leerMetodo(datos, lector), codigo ?? '')
    },
    explicar: porCodigo({ prohibido: { mensaje: t.soloAdmin } }),
  })
  return (
    <Formulario
      de={formulario}
      boton={t.guardar}
      autoFocus={conFoco}
      className="gap-5"
      onChange={alEscribir}
    >
      <Panel title={t.metodo}>
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <Campo
            label={t.nombre}
            hint={t.nombrePista}
            name="nombre"
            required
            maxLength={80}
            autoComplete="off"
            autoFocus={!inicial}
            defaultValue={inicial?.nombre}
          />
          {!inicial && (
            <Campo
              label={t.codigo}
              hint={t.codigoPista}
              name="codigo"
              required
              maxLength={40}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
          )}
          <CampoLista
            label={t.proveedor}
            name="proveedor"
            required
            defaultValue={inicial?.proveedor ?? 'manual'}
            options={proveedores.map((uno) => [uno, t.deProveedor[uno]])}
          />
        </div>
        <div className="mt-4">
          <CampoOpciones
            legend={t.momento}
            name="momento"
            className="sm:grid-cols-2"
            defaultValue={inicial?.momento ?? 'antes'}
            opciones={momentos.map((uno) => ({
              valor: uno,
              texto: t.momentos[uno],
              detalle: t.momentosDetalle[uno],
            }))}
          />
        </div>
        <CampoLargo
          label={t.instrucciones}
          hint={t.instruccionesPista}
          name="instrucciones"
          className="mt-4"
          maxLength={1_000}
          defaultValue={inicial?.instrucciones ?? ''}
        />
        <Casilla
          name="activo"
          texto={t.activo}
          detalle={t.activoPista}
          inicial={inicial?.activo ?? true}
        />
      </Panel>
      <Limites inicial={inicial} moneda={moneda} />
      <Paises inicial={inicial?.paises ?? []} />
    </Formulario>
  )
}

function Limites({ inicial, moneda }: Pick<HojaProps, 'inicial'> & { readonly moneda: string }) {
  const t = useTextosMetodosPago()
  return (
    <Panel title={t.detalles}>
      <div className="grid items-start gap-4 sm:grid-cols-3">
        <Campo
          label={t.plazo}
          hint={t.plazoPista}
          name="plazo"
          inputMode="decimal"
          autoComplete="off"
          maxLength={8}
          defaultValue={horasParaEditar(inicial?.plazoSegundos ?? null)}
        />
        {(['minimo', 'maximo'] as const).map((campo) => (
          <CampoPrecio
            key={campo}
            label={t[campo]}
            name={campo}
            moneda={moneda}
            inicial={inicial?.[campo] ?? undefined}
          />
        ))}
      </div>
    </Panel>
  )
}

function Paises({ inicial }: { readonly inicial: readonly string[] }) {
  const t = useTextosMetodosPago()
  const { region } = useLengua()
  const paises = useMemo(() => paisesEn(region), [region])
  return (
    <Panel title={t.paises}>
      <Filas
        inicial={inicial}
        vacia=""
        ninguna={t.sinPaises}
        anadirTexto={t.anadirPais}
        quitarTexto={t.quitarPais}
        columnas=""
      >
        {({ clave, dato, nueva }, numero) => (
          <CampoLista
            label={t.pais}
            aria-label={t.paisDe(numero)}
            name={campoPais + clave}
            required
            autoFocus={nueva}
            defaultValue={dato}
            options={[['', ''], ...paises]}
          />
        )}
      </Filas>
    </Panel>
  )
}
