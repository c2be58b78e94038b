import { useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { problemaDe } from '../../api.ts'
import { Campo, Formulario } from '../../formularios/campos.tsx'
import { campoDe, useFormulario } from '../../formularios/formulario.ts'
import { nombreMaximo, telefonoPatron } from '../../formularios/limites.ts'
import { Button } from '../../ui/button.tsx'
import { Field, Select } from '../../ui/field.tsx'
import { toast } from '../../ui/toast.tsx'
import {
  cambiarUsuario,
  opcionesEdicion,
  roles,
  type Rol,
  type Usuario,
} from '../datos/usuarios.ts'
import type { ConVersion } from '../datos/version.ts'
import { useTextosUsuarios } from '../textos/usuarios.ts'
import { Panel } from '../../ui/panel.tsx'
import { cambiosDe, cedulaPatron } from './cambios.ts'
import { useExplicacion } from './explicacion.ts'

interface EdicionProps {
  readonly leido: ConVersion<Usuario>
  /** It was read anew, and the form has to begin anew. */
  readonly alReleer: () => void
  readonly conFoco: boolean
}

/** What an administrator can change of an account. */
export function Edicion({ leido, alReleer, conFoco }: EdicionProps) {
  const t = useTextosUsuarios()
  const consultas = useQueryClient()
  const explicar = useExplicacion()
  const [tarde, setTarde] = useState(false)
  // What is in the fields is a change of this, whatever is read meanwhile.
  const [base, setBase] = useState(leido)
  const { datos: usuario, version } = base
  const { queryKey } = opcionesEdicion(usuario.id)
  const formulario = useFormulario({
    async enviar(datos) {
      const cambios = cambiosDe(usuario, {
        nombre: campoDe(datos, 'nombre'),
        telefono: campoDe(datos, 'telefono'),
        cedula: campoDe(datos, 'cedula'),
        rol: campoDe(datos, 'rol'),
        activo: datos.has('activo'),
        emailConfirmado: datos.has('emailConfirmado'),
      })
      if (Object.keys(cambios).length === 0) return toast(t.nadaCambio)
      const nuevo = await cambiarUsuario(usuario.id, cambios, version)
      setBase(nuevo)
      consultas.setQueryData(queryKey, nuevo)
      toast(t.guardado)
      // My own role may be among what changed.
      void consultas.invalidateQueries({ queryKey: ['yo'] })
      void consultas.invalidateQueries({ queryKey: ['usuarios'] })
    },
    explicar(error) {
      setTarde(problemaDe(error)?.codigo === 'version-distinta')
      return explicar(error)
    },
  })
  const releer = async () => {
    await consultas.refetchQueries({ queryKey })
    alReleer()
  }
  return (
    <Formulario de={formulario} boton={t.guardar} className="gap-5">
      {tarde && (
        <Button look="secondary" className="self-start" onClick={() => void releer()}>
          {t.releer}
        </Button>
      )}
      <Panel title={t.datos}>
        <Datos usuario={usuario} conFoco={conFoco} />
      </Panel>
      <Panel title={t.acceso}>
        <Acceso usuario={usuario} />
      </Panel>
    </Formulario>
  )
}

interface DatosProps {
  readonly usuario: Usuario
  readonly conFoco: boolean
}

function Datos({ usuario, conFoco }: DatosProps) {
  const t = useTextosUsuarios()
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Campo
        label={t.nombre}
        name="nombre"
        // The button that was pressed to read it again is gone.
        autoFocus={conFoco}
        autoComplete="off"
        defaultValue={usuario.nombre ?? ''}
        required
        maxLength={nombreMaximo}
      />
      <Field
        label={t.correo}
        value={usuario.email ?? ''}
        readOnly
        className="[&_input]:bg-hundido"
      />
      <Campo
        label={t.telefono}
        name="telefono"
        type="tel"
        autoComplete="off"
        pattern={telefonoPatron}
        defaultValue={usuario.telefono ?? ''}
      />
      <Campo
        label={t.cedula}
        hint={t.formatoCedula}
        name="cedula"
        autoComplete="off"
        pattern={cedulaPatron}
        defaultValue={usuario.cedula ?? ''}
      />
    </div>
  )
}

function Acceso({ usuario }: { readonly usuario: Usuario }) {
  const t = useTextosUsuarios()
  const [rol, setRol] = useState<Rol>(usuario.rol)
  return (
    <div className="flex flex-col gap-4">
      <Select
        label={t.rol}
        name="rol"
        hint={t.explicaRol[rol]}
        className="sm:max-w-64"
        value={rol}
        onChange={({ target }) => setRol(roles.find((uno) => uno === target.value) ?? rol)}
        options={roles.map((uno) => [uno, t.roles[uno]])}
      />
      <Casilla
        name="activo"
        label={t.cuentaActiva}
        pista={t.cuentaActivaPista}
        defaultChecked={usuario.activo}
      />
      {!usuario.emailConfirmado && usuario.email !== null && (
        <Casilla name="emailConfirmado" label={t.responder} pista={t.responderPista} />
      )}
    </div>
  )
}

interface CasillaProps {
  readonly name: string
  readonly label: string
  readonly pista: string
  readonly defaultChecked?: boolean
}

function Casilla({ name, label, pista, defaultChecked = false }: CasillaProps) {
  const id = useId()
  return (
    <div>
      <label className="flex min-h-11 w-fit items-center gap-3 font-medium">
        <input
          type="checkbox"
          name={name}
          defaultChecked={defaultChecked}
          aria-describedby={id}
          className="accent-acento size-5"
        />
        <span>{label}</span>
      </label>
      <p id={id} className="text-suave text-sm">
        {pista}
      </p>
    </div>
  )
}
