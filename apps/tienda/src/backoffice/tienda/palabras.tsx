import { correoMaximo } from '../../formularios/limites.ts'
import { Campo, CampoLargo } from '../../formularios/campos.tsx'
import { Panel } from '../../ui/panel.tsx'
import type { Forma } from './forma.ts'
import { useTextosTienda } from './textos.ts'

interface ParteProps {
  readonly inicial: Forma
}

const pista = 'text-suave mb-4 -mt-2 text-sm'

/** What the banner of the front page says. */
export function PalabrasPortada({ inicial: { portada } }: ParteProps) {
  const t = useTextosTienda()
  return (
    <Panel title={t.portada}>
      <p className={pista}>{t.portadaPista}</p>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Campo
          label={t.tituloPortada}
          name="titulo"
          className="sm:col-span-2"
          maxLength={100}
          autoComplete="off"
          defaultValue={portada.titulo ?? ''}
        />
        <CampoLargo
          label={t.textoPortada}
          name="texto"
          className="sm:col-span-2"
          maxLength={400}
          defaultValue={portada.texto ?? ''}
        />
        <Campo
          label={t.enlaceTexto}
          name="enlaceTexto"
          maxLength={40}
          autoComplete="off"
          defaultValue={portada.enlace?.texto ?? ''}
        />
        <Campo
          label={t.destino}
          hint={t.destinoPista}
          name="destino"
          maxLength={500}
          autoComplete="off"
          spellCheck={false}
          inputMode="url"
          defaultValue={portada.enlace?.destino ?? ''}
        />
      </div>
    </Panel>
  )
}

/** How the shop can be reached. */
export function PalabrasContacto({ inicial: { contacto } }: ParteProps) {
  const t = useTextosTienda()
  return (
    <Panel title={t.contacto}>
      <p className={pista}>{t.contactoPista}</p>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Campo
          label={t.email}
          name="email"
          type="email"
          maxLength={correoMaximo}
          autoComplete="off"
          defaultValue={contacto.email ?? ''}
        />
        <Campo
          label={t.telefono}
          name="telefono"
          inputMode="tel"
          maxLength={60}
          autoComplete="off"
          defaultValue={contacto.telefono ?? ''}
        />
        <CampoLargo
          label={t.direccion}
          name="direccion"
          maxLength={300}
          defaultValue={contacto.direccion ?? ''}
        />
        <CampoLargo
          label={t.horario}
          name="horario"
          maxLength={300}
          defaultValue={contacto.horario ?? ''}
        />
      </div>
    </Panel>
  )
}

/** On which terms it sells. */
export function PalabrasLegales({ inicial }: ParteProps) {
  const t = useTextosTienda()
  return (
    <Panel title={t.legales}>
      <p className={pista}>{t.legalesPista}</p>
      <div className="flex flex-col gap-4">
        {(['terminos', 'privacidad'] as const).map((cual) => (
          <CampoLargo
            key={cual}
            label={t[cual]}
            name={cual}
            rows={6}
            maxLength={20_000}
            defaultValue={inicial[cual] ?? ''}
          />
        ))}
      </div>
    </Panel>
  )
}
