import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { cliente, pedir } from '../../api.ts'
import {
  deContrasena,
  deContrasenaNueva,
  deNombre,
  deTelefono,
} from '../../formularios/campos-persona.ts'
import { Campo, Formulario } from '../../formularios/campos.tsx'
import { campoDe, porCodigo, useFormulario } from '../../formularios/formulario.ts'
import { ConSesion, type Yo } from '../../sesion/con-sesion.tsx'
import { olvidarPersona } from '../../sesion/olvidar.ts'
import { salir } from '../../sesion/sesion.ts'
import { useTextos } from '../../textos/idioma.ts'
import { Button } from '../../ui/button.tsx'
import { Page } from '../../ui/page.tsx'
import { toast } from '../../ui/toast.tsx'
import { Direcciones } from './libreta/direcciones.tsx'
import { DatosFactura } from './libreta/facturacion.tsx'
import { SinConfirmar } from './sin-confirmar.tsx'
import { Sesiones } from './sesiones.tsx'

export const CuentaPage = () => <ConSesion>{(yo) => <Cuenta yo={yo} />}</ConSesion>

function Cuenta({ yo }: { readonly yo: Yo }) {
  const t = useTextos()
  const navegar = useNavigate()
  const consultas = useQueryClient()
  const adios = async () => {
    await navegar({ to: '/' })
    await salir()
    olvidarPersona(consultas)
    toast(t.cuenta.hastaLuego)
  }
  return (
    <Page
      title={t.cuenta.titulo}
      aside={
        <Button look="secondary" onClick={() => void adios()}>
          {t.cuenta.salir}
        </Button>
      }
    >
      <div className="grid grid-cols-1 gap-6 lg:grid-cols-2">
        <Datos yo={yo} />
        <Contrasena correo={yo.email} />
        <Direcciones />
        <DatosFactura />
        <Sesiones />
      </div>
    </Page>
  )
}

const seccion = 'carta flex flex-col gap-4 p-6'

function Datos({ yo }: { readonly yo: Yo }) {
  const t = useTextos()
  const consultas = useQueryClient()
  const formulario = useFormulario({
    async enviar(datos) {
      const telefono = campoDe(datos, 'telefono') || null
      const cuerpo = { nombre: campoDe(datos, 'nombre'), telefono }
      const nuevo = await pedir(cliente().auth.me.patch(cuerpo))
      consultas.setQueryData(['yo'], nuevo)
      toast(t.cuenta.guardado)
    },
  })
  return (
    <section aria-labelledby="datos" className={seccion}>
      <div>
        <h2 id="datos" className="text-xl font-semibold">
          {t.cuenta.datos}
        </h2>
        <p className="text-suave">{yo.email}</p>
      </div>
      {!yo.emailConfirmado && <SinConfirmar />}
      <Formulario de={formulario} boton={t.cuenta.guardar}>
        <Campo label={t.registro.nombre} {...deNombre} defaultValue={yo.nombre} />
        <Campo label={t.registro.telefono} {...deTelefono} defaultValue={yo.telefono ?? ''} />
      </Formulario>
    </section>
  )
}

function Contrasena({ correo }: { readonly correo: string }) {
  const t = useTextos()
  const consultas = useQueryClient()
  const formulario = useFormulario({
    async enviar(datos, enviado) {
      const cuerpo = { actual: String(datos.get('actual')), nueva: String(datos.get('nueva')) }
      await pedir(cliente().auth.me.password.post(cuerpo))
      enviado.reset()
      toast(t.cuenta.cambiada)
      await consultas.invalidateQueries({ queryKey: ['sesiones'] })
    },
    explicar: porCodigo({
      'credenciales-invalidas': { campo: 'actual', mensaje: t.cuenta.actualMala },
    }),
  })
  return (
    <section aria-labelledby="contrasena" className={seccion}>
      <h2 id="contrasena" className="text-xl font-semibold">
        {t.cuenta.contrasena}
      </h2>
      <Formulario de={formulario} boton={t.cuenta.cambiar} look="secondary">
        {/* For password managers, which want to know whose password this is. */}
        <input type="hidden" name="username" autoComplete="username" defaultValue={correo} />
        <Campo label={t.cuenta.actual} name="actual" {...deContrasena} />
        <Campo
          label={t.cuenta.nueva}
          name="nueva"
          hint={t.registro.contrasenaPista}
          {...deContrasenaNueva}
        />
      </Formulario>
    </section>
  )
}
