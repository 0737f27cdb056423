#include "platform/store/settle.hpp"

#include <string>
#include <vector>

#include "platform/catalog/presets.hpp"
#include "platform/store/question.hpp"
#include "platform/store/statement.hpp"

namespace anju::platform {

void settle(soci::session& session, std::int64_t organisation) {
  struct Row {
    std::string name;
    OrganisationKind kind = OrganisationKind::property;
    std::int64_t created = 0;
  };
  Question due(session);
  due.text("SELECT name, kind, created_ms FROM organisation WHERE settled = 0 AND review = 'approved' AND id = ");
  const auto found = due.value(organisation).first([](Select& row) {
    Row read;
    read.name = row.text();
    read.kind = organisation_kind(row.text()).value_or(OrganisationKind::property);
    read.created = row.integer();
    return read;
  });
  if (!found) return;
  Statement(session, "UPDATE organisation SET settled = 1 WHERE id = ?").write(organisation);
  // ten-dept-tree (4:429-430): the first department carries the organisation's name.
  Statement(session,
            "INSERT INTO department(organisation, enabled, version, created_ms, updated_ms, parent, name, position, head, phone, email)"
            " VALUES(?, 1, 1, ?, ?, NULL, ?, NULL, '', '', '')")
      .write(organisation, found->created, found->created, found->name);
  Statement role(session,
                 "INSERT INTO role(organisation, enabled, version, created_ms, updated_ms, name, kind, scope, permissions, note)"
                 " VALUES(?, 1, 1, ?, ?, ?, ?, ?, ?, ?)");
  for (const catalog::Preset& preset : catalog::presets(found->kind)) {
    std::string permissions;
    for (const std::string& one : preset.permissions) (permissions += permissions.empty() ? "" : " ") += one;
    role.write(organisation, found->created, found->created, preset.name, to_string(found->kind), to_string(preset.scope), permissions, preset.note);
  }
}

void unsettle(soci::session& session, std::int64_t organisation) {
  Statement(session, "DELETE FROM post WHERE department IN (SELECT d.id FROM department d WHERE d.organisation = ?)").write(organisation);
  Statement(session, "DELETE FROM department_site WHERE department IN (SELECT d.id FROM department d WHERE d.organisation = ?)").write(organisation);
  Statement(session, "UPDATE department SET parent = NULL, name = name || ' ' || id WHERE organisation = ?").write(organisation);
  Statement(session, "DELETE FROM department WHERE organisation = ?").write(organisation);
  Statement(session, "DELETE FROM role WHERE organisation = ?").write(organisation);
}

void settle_all(soci::session& session) {
  std::vector<std::int64_t> due;
  Question(session).text("SELECT id FROM organisation WHERE settled = 0 AND review = 'approved' ORDER BY id").rows([&](Select& row) {
    due.push_back(row.integer());
  });
  for (const std::int64_t organisation : due) settle(session, organisation);
}

}  // namespace anju::platform
