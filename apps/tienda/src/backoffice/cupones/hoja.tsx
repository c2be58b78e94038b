import { useState } from 'react'
import { useZona } from '../../cara/zona.ts'
import { useMoneda } from '../../datos/moneda.ts'
import { CampoPrecio } from '../../formularios/campo-precio.tsx'
import { Campo, CampoOpciones, Formulario } from '../../formularios/campos.tsx'
import { campoDe, ErrorDeCampo, porCodigo, useFormulario } from '../../formularios/formulario.ts'
import { useFormato } from '../../textos/formato.ts'
import { useLengua } from '../../textos/idioma.ts'
import { Panel } from '../../ui/panel.tsx'
import { Categorias } from './categorias.tsx'
import type { Cupon, FormaCupon } from './datos.ts'
import { codigoLimpio, diaParaEditar, leerCupon, tipos, valorParaEditar } from './forma.ts'
import { useTextosCupones } from './textos.ts'

interface HojaProps {
  /** Undefined for a coupon that there is not yet. */
  readonly cupon: Cupon | undefined
  readonly inicial: FormaCupon | undefined
  readonly conFoco: boolean
  readonly guardar: (forma: FormaCupon, nuevo: Pick<Cupon, 'codigo' | 'tipo'>) => Promise<void>
  readonly alEscribir: () => void
}

/** The form of a coupon. */
export function HojaCupon({ cupon, inicial, conFoco, guardar, alEscribir }: HojaProps) {
  const t = useTextosCupones()
  const moneda = useMoneda()
  const zona = useZona()
  const { region } = useLengua()
  const [tipo, setTipo] = useState<Cupon['tipo']>(cupon?.tipo ?? 'porcentaje')
  const [categorias, setCategorias] = useState<readonly string[]>(inicial?.categorias ?? [])
  const formulario = useFormulario({
    async enviar(datos) {
      const codigo = cupon?.codigo ?? codigoLimpio(campoDe(datos, 'codigo'))
      if (codigo === undefined) throw new ErrorDeCampo('codigo', t.codigoMal)
      const lector = { region, moneda, zona, inicial, textos: t }
      await guardar(leerCupon(datos, tipo, categorias, lector), { codigo, tipo })
    },
    explicar: porCodigo({
      'codigo-en-uso': { campo: 'codigo', mensaje: t.codigoEnUso },
      prohibido: { mensaje: t.soloAdmin },
    }),
  })
  return (
    <Formulario
      de={formulario}
      boton={t.guardar}
      autoFocus={conFoco}
      className="gap-5"
      onChange={alEscribir}
    >
      <Panel title={t.cupon}>
        {!cupon && (
          <>
            <Campo
              label={t.codigo}
              hint={t.codigoPista}
              name="codigo"
              required
              maxLength={40}
              className="mb-4 sm:max-w-80 [&_input]:uppercase"
              autoComplete="off"
              spellCheck={false}
              autoFocus
            />
            <CampoOpciones
              legend={t.tipo}
              name="tipo"
              className="sm:grid-cols-3"
              defaultValue={tipo}
              onChange={(nuevo) => setTipo(tipos.find((uno) => uno === nuevo) ?? tipo)}
              opciones={tipos.map((uno) => ({ valor: uno, texto: t.tipos[uno] }))}
            />
          </>
        )}
        <Valor key={tipo} tipo={tipo} valor={inicial?.valor ?? null} />
        <label className="mt-4 flex min-h-11 items-center gap-3">
          <input
            type="checkbox"
            name="activo"
            defaultChecked={inicial?.activo ?? true}
            className="accent-acento size-5"
          />
          <span>
            <span className="block font-medium">{t.activo}</span>
            <span className="text-suave block text-sm">{t.activoPista}</span>
          </span>
        </label>
      </Panel>
      <Limites cupon={cupon} inicial={inicial} />
      <Categorias
        elegidas={categorias}
        onChange={(nuevas) => {
          alEscribir()
          setCategorias(nuevas)
        }}
      />
    </Formulario>
  )
}

interface ValorProps {
  readonly tipo: Cupon['tipo']
  readonly valor: number | null
}

function Valor({ tipo, valor }: ValorProps) {
  const t = useTextosCupones()
  const moneda = useMoneda()
  const zona = useZona()
  const { region } = useLengua()
  if (tipo === 'envio-gratis') return <p className="mt-4">{t.envioGratis}</p>
  const comun = { name: 'valor', required: true, className: 'mt-4 sm:max-w-60' } as const
  if (tipo === 'importe') {
    return <CampoPrecio label={t.importe} {...comun} moneda={moneda} inicial={valor ?? undefined} />
  }
  return (
    <Campo
      label={t.porcentaje}
      {...comun}
      inputMode="decimal"
      autoComplete="off"
      maxLength={8}
      defaultValue={valorParaEditar(tipo, valor, { region, moneda, zona })}
    />
  )
}

const veces = {
  inputMode: 'numeric',
  autoComplete: 'off',
  pattern: '\\s*[1-9][0-9]{0,8}\\s*',
} as const

/** When, from how much on and how often it can be used. */
function Limites({ cupon, inicial }: Pick<HojaProps, 'cupon' | 'inicial'>) {
  const t = useTextosCupones()
  const moneda = useMoneda()
  const zona = useZona()
  const { numero } = useFormato()
  return (
    <Panel title={t.cuando}>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Campo
          label={t.desde}
          name="desde"
          type="date"
          max="9998-12-31"
          defaultValue={diaParaEditar(inicial?.desde ?? null, zona)}
        />
        <Campo
          label={t.hasta}
          hint={t.hastaPista}
          name="hasta"
          type="date"
          max="9998-12-31"
          defaultValue={diaParaEditar(inicial?.hasta ?? null, zona, true)}
        />
        <CampoPrecio
          label={t.minimo}
          name="minimo"
          moneda={moneda}
          inicial={inicial?.minimo ?? undefined}
        />
        <Campo
          label={t.usosMaximos}
          hint={cupon && t.llevaUsados(numero(cupon.usados))}
          name="usosMaximos"
          {...veces}
          defaultValue={inicial?.usosMaximos ?? ''}
        />
        <Campo
          label={t.usosPorCliente}
          hint={t.usosPorClientePista}
          name="usosPorCliente"
          {...veces}
          defaultValue={inicial?.usosPorCliente ?? ''}
        />
      </div>
    </Panel>
  )
}
