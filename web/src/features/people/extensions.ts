// What the lists of users, roles and departments can do beyond their description.
import { AssignUsers } from "./AssignUsers";
import { BindDepartment, BindUser } from "./BindSites";
import { CopyRole, RoleForm } from "./RoleForm";
import { DepartmentTree } from "./DepartmentTree";
import { Password } from "./ResetPassword";
import { Rights } from "./Rights";
import { UserForm } from "./UserForm";
import type { Extension } from "@/lib/extensions";

const users: Extension = {
  Form: UserForm,
  rowActions: [
    { name: "bind", label: "people.bind", permission: "user:bind", Dialog: BindUser },
    { name: "reset", label: "people.reset", permission: "user:reset", Dialog: Password },
    { name: "rights", label: "people.rights", Dialog: Rights },
  ],
  confirm: { stop: "people.stopUser", start: "people.startUser", remove: "people.removeUser" },
};

const roles: Extension = {
  Form: RoleForm,
  rowActions: [
    { name: "assign", label: "people.assign", permission: "role:grant", when: ({ enabled }) => enabled, Dialog: AssignUsers },
    { name: "copy", label: "people.copy", permission: "role:create", Dialog: CopyRole },
  ],
  confirm: { stop: "people.stopRole", start: "people.startRole", remove: "people.removeRole" },
};

const departments: Extension = {
  List: DepartmentTree,
  rowActions: [{ name: "bind", label: "people.bind", permission: "department:bind", Dialog: BindDepartment }],
  confirm: { stop: "people.stopDepartment", start: "people.startDepartment", remove: "people.removeDepartment" },
};

const posts: Extension = { confirm: { stop: "people.stopPost", start: "people.startPost", remove: "people.removePost" } };

export const extensions: Record<string, Extension> = { users, roles, departments, posts };
