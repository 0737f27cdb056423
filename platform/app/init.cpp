#include <cstdio>

#include "platform/app/key_folder.hpp"
#include "platform/app/verbs.hpp"
#include "platform/http/secrets.hpp"
#include "platform/store/database.hpp"
#include "platform/store/sites.hpp"
#include "platform/store/users.hpp"

namespace anju::platform {
namespace {

struct MadeLogin {
  std::string password;  ///< empty: the login was there already
  std::string problem;   ///< empty: all is well
};

/// The administrator of an organisation with a drawn password, and the audit row of it.
MadeLogin make_login(UserStore& users, const Config& config, std::int64_t organisation, const std::string& login, const std::string& object) {
  MadeLogin made;
  made.password = draw_password();
  NewUser user;
  user.organisation = organisation;
  user.login = user.name = login;
  user.password_hash = hash_password(made.password, config.auth.password_cost);
  user.all_permissions = true;
  if (user.password_hash.empty()) return {{}, "19 MiB of memory for the password hash are not there"};
  const auto added = users.add_user(user);
  const AuditEntry entry{system_now(), organisation, login, "console", "init", object, "", added ? "ok" : "exists"};
  const auto noted = users.append_audit({&entry, 1});
  if (!noted) return {{}, config.file + ": database = " + shown_url(config.database) + " cannot be used (" + words(noted.error()) + ")"};
  if (!added && !added.error().is(Errc::conflict))
    return {{}, config.file + ": database = " + shown_url(config.database) + " cannot be used (" + words(added.error()) + ")"};
  if (!added) made.password.clear();
  return made;
}

}  // namespace

int init(const Config& config, const InitOptions& options) {
  if (const auto problem = KeyFolder(config.keys).prepare(); !problem.empty())
    return complain(config.file + ": " + problem);
  NewSite site;
  site.organisation = options.organisation;
  site.code = options.site;
  site.name = options.site_name;
  site.greatest_power_w = options.greatest_power_w;
  const auto added = add_site(config.database, site, system_now(), options.user);
  if (!added && added.error().is(Errc::store_failed)) return database_wrong(config, added.error());
  if (!added)
    return complain("--site " + options.site + " --site-name " + options.site_name + ": " + words(added.error()) +
                    "; choose another id (A-Z a-z 0-9 _ -) or name");

  const auto users = open_user_store(config.database);
  if (!users) return database_wrong(config, users.error());
  const auto admin = make_login(**users, config, added->organisation, options.user, "user " + options.user);
  if (!admin.problem.empty()) return complain(admin.problem);
  const auto super = make_login(**users, config, kSystemOrganisation, options.system_user, "system");
  if (!super.problem.empty()) return complain(super.problem);

  if (!admin.password.empty()) {
    std::printf("user       %s\npassword   %s\n", options.user.c_str(), admin.password.c_str());
    std::printf("(shown this once; the first login asks for a new one)\n");
  } else {
    std::printf("The login %s exists already; its password stays as it is.\n", options.user.c_str());
  }
  std::printf("database   %s\nkeys       %s\nsite       %s (%s) of %s\naddress    http://%s:%u/\n",
              shown_url(config.database).c_str(), config.keys.c_str(), options.site.c_str(), options.site_name.c_str(),
              options.organisation.c_str(), config.host.c_str(), config.port);
  if (!super.password.empty()) {
    std::printf("system user      %s\nsystem password  %s\n", options.system_user.c_str(), super.password.c_str());
    std::printf("(of the platform itself: makes operating companies and reviews providers; shown this once, too)\n");
  } else {
    std::printf("The login %s exists already; its password stays as it is.\n", options.system_user.c_str());
  }
  return 0;
}

}  // namespace anju::platform
