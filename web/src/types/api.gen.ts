// Made by `npm run types` from what `anju-platform describe` prints; not to be edited.

export interface paths {
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** is the platform alive */
        get: operations["get_health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** who am I */
        get: operations["get_session"];
        put?: never;
        /** logs in; sets an HttpOnly cookie */
        post: operations["log_in"];
        /** ends the session */
        delete: operations["log_out"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** changes the own password; other sessions end */
        put: operations["change_password"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/home": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** what the home page shows */
        get: operations["get_home"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sites": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** the sites in scope */
        get: operations["list_sites"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** the sites in scope and how they stand */
        get: operations["list_projects"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/meters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** meters, searched and paged */
        get: operations["list_meters"];
        put?: never;
        /** registers a meter (con-meter-register); its gateway gets a new archive */
        post: operations["register_meter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/meters/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** meters as .xlsx */
        get: operations["export_meters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/meters/{meter}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** one meter with its account */
        get: operations["get_meter"];
        put?: never;
        post?: never;
        /** takes away a meter that was registered by mistake; refused with has_history once anything was booked */
        delete: operations["remove_meter"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/meters/{meter}/dispatch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** sends a prepared meter to its gateway (下发), or once more one that the gateway refused */
        post: operations["dispatch_meter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/meters/{meter}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** takes a meter back from its gateway (取消): it is not read any more, and stays prepared with its books */
        post: operations["withdraw_meter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/meters/{meter}/device": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** 通信参数: corrects how the device is spoken to. Its address, its kind and what was counted stay; another device is a register change (换表) */
        put: operations["change_meter_device"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/meters/{meter}/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** 设备参数 */
        put: operations["change_meter_settings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/meters/{meter}/price-plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** 单价; holds from the next reading on */
        put: operations["change_meter_price_plan"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/meters/{meter}/readings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 抄表记录, newest first */
        get: operations["list_readings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/meters/{meter}/readings/{reading}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** the meter counts on from this refused reading; conflict when it was not refused, a newer one has counted already, or (field register_at) the step was reckoned from a register that is not the newest any more */
        post: operations["accept_reading"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/meters/{meter}/ledger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** postings of the account, newest first */
        get: operations["list_ledger"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/meters/{meter}/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** low-balance warnings to the resident, newest first */
        get: operations["list_notices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/meters/{meter}/consumption": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** energy and money per hour or day, at most 400 points */
        get: operations["get_consumption"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/meters/{meter}/commands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** commands of the meter, newest first */
        get: operations["list_commands"];
        put?: never;
        /** 强制拉闸, 解除拉闸, 抄表, 保电 … */
        post: operations["order_command"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/meters/{meter}/recharges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 充值 */
        post: operations["recharge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/commands/{command}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** one command */
        get: operations["get_command"];
        put?: never;
        post?: never;
        /** cancels a command that was not sent yet */
        delete: operations["cancel_command"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/price-plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** price plans */
        get: operations["list_price_plans"];
        put?: never;
        /** adds a price plan */
        post: operations["create_price_plan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/price-plans/{plan}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** changes a price plan from a moment on */
        put: operations["change_price_plan"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/gateways": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** gateways */
        get: operations["list_gateways"];
        put?: never;
        /** adds a gateway and draws its key */
        post: operations["create_gateway"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/gateways/{gateway}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** lines, devices and their statistics */
        get: operations["get_gateway"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/gateways/{gateway}/found": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** what scans found on its lines that is no meter yet (待绑定) */
        get: operations["list_found_devices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/gateways/{gateway}/found/{found}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** does not show what was found any more (忽略), whatever later scans say, or shows it again */
        put: operations["dismiss_found_device"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/gateways/{gateway}/enrolment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** the newest code of a gateway (接入码), never the code itself, and whether its credential is revoked (吊销) */
        get: operations["get_enrolment"];
        put?: never;
        /** draws a code by which a box becomes this gateway; it works once, for 24 hours, and replaces the one before */
        post: operations["create_enrolment"];
        /** the open code opens nothing any more */
        delete: operations["cancel_enrolment"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/gateways/{gateway}/revocation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** 吊销: the gateway's key is believed no longer, its login at the broker ends at once, and an open code is cancelled. A box that redeems a new code makes it whole again */
        post: operations["revoke_gateway"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/gateways/{gateway}/upgrade": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** the gateway is to run this release: it downloads it, tries it, and takes the version before back when the platform has acknowledged nothing of the new one within five minutes */
        post: operations["order_upgrade"];
        /** takes the order back; refused (conflict, field step) while the new version is on trial, for an hour at most: of a trial that says nothing for longer nobody knows the end */
        delete: operations["withdraw_upgrade"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/releases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** releases of the gateway's program (固件) that this organisation may order: its own and those of the organisations above it, newest first */
        get: operations["list_releases"];
        put?: never;
        /** keeps a release; the body is the file (scripts/release), at most 64 MiB of program. The same bytes once more are the same row */
        post: operations["upload_release"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/releases/{release}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** deletes a release of this organisation; refused (in_use) while a gateway is ordered to it */
        delete: operations["remove_release"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/enrolments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** a box redeems its code: its gateway gets a new key, the one before is believed no longer. The same code with the same nonce is answered the same for ten minutes; otherwise a used code is refused (409) and noted */
        post: operations["redeem_enrolment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/alarms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** alarms, newest first */
        get: operations["list_alarms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/alarms/{alarm}/clear": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** a person has looked into an alarm that nothing takes back by itself (`clearable`) */
        post: operations["clear_alarm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** one's own messages (站内信), newest first */
        get: operations["list_inbox"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbox/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** marks one's own messages as read up to a moment */
        post: operations["read_inbox"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbox/{item}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** marks one of one's own messages as read */
        post: operations["read_inbox_row"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** what was sent to people by SMS and mail, and how it went, newest first */
        get: operations["list_messages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/messages/{message}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** sends again what was not accepted */
        post: operations["resend_message"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/messages/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** sends a test to oneself */
        post: operations["test_message"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/meters/{meter}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** what was sent about a meter, newest first */
        get: operations["list_meter_messages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/meters/{meter}/subscribers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** who gets messages about a meter (消息通知) */
        get: operations["list_subscribers"];
        /** who gets messages about a meter: the whole list, at most ten */
        put: operations["change_subscribers"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/announcements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** announcements, newest first */
        get: operations["list_announcements"];
        put?: never;
        /** a text to all households and staff of the sites (一键推送); dry: counts them */
        post: operations["announce"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sms-packages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** what was bought and what is left (短信套餐) */
        get: operations["list_sms_packages"];
        put?: never;
        /** adds bought SMS to the stock */
        post: operations["buy_sms_package"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** audit log, newest first */
        get: operations["list_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** audit log as .xlsx, newest first */
        get: operations["export_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** this description */
        get: operations["get_openapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** WebSocket; every message is one Event */
        get: operations["open_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** the caller's exports and imports, newest first */
        get: operations["list_jobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{job}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** one of them */
        get: operations["get_job"];
        put?: never;
        post?: never;
        /** deletes it and its file; conflict while it is under way */
        delete: operations["remove_job"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{job}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** the file of an export, or the rows that an import refused; needs the permission that the job was made with */
        get: operations["get_job_file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{job}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** ends it soon; what an import has done stays */
        post: operations["cancel_job"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/catalog": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** the lists of the office that this session may read, with their fields and what it may do; the endpoints of each follow from it */
        get: operations["get_catalog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/organisation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** acts for an organisation below the own, or for that again; the rights stay */
        put: operations["enter_organisation"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registrations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** a stranger registers a provider (注册账号), which then waits for its review; answers the same whether the mobile is known or not */
        post: operations["register_provider"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organisations/tree": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** the organisations in reach, by id, at most 5000 */
        get: operations["get_organisation_tree"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/providers/{provider}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** approves a provider (审核通过) and makes its account; the login is its mobile */
        post: operations["approve_provider"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/providers/{provider}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** rejects a provider that waits (驳回) */
        post: operations["reject_provider"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/properties/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** adds several property companies (批量添加), all or none; an error's field is rows[3].phone */
        post: operations["create_properties"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/desk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** one search over houses (also 3-2-901), residents, rooms, meters and recharges, by how they begin; without personal:read people by a whole name or number only */
        get: operations["search_desk"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/houses/{house}/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** who lives in a house, its meters, recharges and alarms; what the session may not read is null */
        get: operations["get_house_overview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rooms/{room}/meters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** meters that are in a room, or were */
        get: operations["list_room_meters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/meters/{meter}/room": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** links a meter to a room of its site (关联房间), or to none */
        put: operations["move_meter"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/prepaid/sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** housing sources with rooms under prepaid management */
        get: operations["list_prepaid_sources"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/prepaid/sources/{source}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** brings in all enabled rooms below a housing source; those that are in stay */
        post: operations["import_source"];
        /** takes a source's rooms out of prepaid management; nothing happens to their meters */
        delete: operations["take_out_source"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** the reports that this session may read */
        get: operations["get_reports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/energy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** energy of all meters, compared with the period before */
        get: operations["get_energy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** changes the own name, mobile and address */
        put: operations["change_profile"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** the own parameter settings */
        get: operations["get_settings"];
        /** replaces the own parameter settings */
        put: operations["change_settings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/permissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** what the caller holds and may grant, in the order of the menu */
        get: operations["list_permissions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{user}/rights": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** what a user may do and how far he sees */
        get: operations["get_user_rights"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{user}/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** the roles of a user; nobody grants what he has not */
        put: operations["change_user_roles"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{user}/sites": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** binds communities to a user; those outside of the caller's scope stay as they are */
        put: operations["change_user_sites"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{user}/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** draws a password, which has to be changed; ends the user's sessions */
        put: operations["reset_password"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/roles/{role}/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** who has a role */
        get: operations["list_role_users"];
        /** assigns users to a role, and takes it from the others */
        put: operations["change_role_users"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/departments/{department}/sites": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** communities bound to a department */
        get: operations["list_department_sites"];
        /** binds communities to a department */
        put: operations["change_department_sites"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/price-plans/{plan}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** all prices of a plan and when they hold, newest first */
        get: operations["list_price_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/meters/{meter}/price-plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** changes of a meter's price plan, newest first */
        get: operations["list_meter_price_plans"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/meters/{meter}/calculation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** what the household has used and paid up to now (单户电费测算) */
        get: operations["get_calculation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/meters/{meter}/openings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** who had the account, newest first */
        get: operations["list_openings"];
        put?: never;
        /** somebody has the account from now on (开户) */
        post: operations["open_household"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/meters/{meter}/settlements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** what was settled, newest first */
        get: operations["list_settlements"];
        put?: never;
        /** brings the balance to zero: pays back or collects (结算), with close the household moves out (销户) */
        post: operations["settle_household"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/meters/{meter}/adjustments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** what was given or taken, newest first */
        get: operations["list_adjustments"];
        put?: never;
        /** gives or takes money for a reason (退补) */
        post: operations["adjust_balance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/meters/{meter}/register-changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 清零, 换表, 抄表录入: newest first */
        get: operations["list_register_changes"];
        put?: never;
        /** the register was read by a person, or another meter goes on; what lies before is billed */
        post: operations["change_register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/meters/{meter}/switch-schedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** 定时断电 */
        put: operations["change_switch_schedule"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/meters/{meter}/annual-fee": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** 年费: what it costs and until when it is paid */
        put: operations["change_annual_fee"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/meters/{meter}/annual-fees": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** paid yearly fees, newest first */
        get: operations["list_fee_payments"];
        put?: never;
        /** the yearly fee is paid: goes to the revenue, never to the balance */
        post: operations["pay_annual_fee"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/meters/{meter}/bound-users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** residents who bound themselves to a meter (已绑定用户), and the codes that were shared */
        get: operations["list_bound_users"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/meters/{meter}/bound-users/{binding}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** a resident does not see the meter any more, and the code he came by is revoked */
        delete: operations["unbind_user"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/meters/{meter}/shares": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** makes a code by which residents bind themselves to the meter (二维码) */
        post: operations["share_meter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/meters/{meter}/shares/{share}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** a code opens nothing any more; who came by it stays */
        delete: operations["revoke_share"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/my/share": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** which meter a code is of; one and the same not_found for every code that opens nothing, and locked after many of those */
        post: operations["look_at_share"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/my/meters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** the meters of a bound user */
        get: operations["list_my_meters"];
        put?: never;
        /** binds who asks to the meter of a code; 201 with a cookie of its own (anju_bound) where there was none, 200 when he had the meter already */
        post: operations["bind_meter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/my/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** who is bound */
        get: operations["get_my_account"];
        /** name, language, and whether the low balance comes by SMS */
        put: operations["change_my_account"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/my/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** this device forgets; the meters have to be scanned anew, and with the last device SMS end */
        delete: operations["end_my_session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/my/meters/{binding}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** balance and state of a meter (em-user-balance, wm-user-balance) */
        get: operations["get_my_meter"];
        put?: never;
        post?: never;
        /** gives the meter back */
        delete: operations["leave_my_meter"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/my/meters/{binding}/use": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** use of 31 days and 24 months, none from before the household */
        get: operations["get_my_use"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/my/meters/{binding}/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** recharges, and what else moved the balance by hand */
        get: operations["list_my_records"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/my/meters/{binding}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** low balance, cut-off, reconnection */
        get: operations["list_my_messages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/communities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Communities (小区) */
        get: operations["list_communities"];
        put?: never;
        /** Community (小区) */
        post: operations["create_community"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/communities/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Communities (小区) */
        get: operations["export_community"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/communities/{community}/reveal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Community (小区) */
        post: operations["reveal_community"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/communities/{community}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Community (小区) */
        get: operations["get_community"];
        /** Community (小区) */
        put: operations["change_community"];
        post?: never;
        /** Community (小区) */
        delete: operations["remove_community"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/communities/{community}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Community (小区) */
        post: operations["enable_community"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/communities/{community}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Community (小区) */
        post: operations["disable_community"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/areas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Areas (区域) */
        get: operations["list_areas"];
        put?: never;
        /** Area (区域) */
        post: operations["create_area"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/areas/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Areas (区域) */
        get: operations["export_area"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/areas/import-template": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Areas (区域) */
        get: operations["template_area"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/areas/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Areas (区域) */
        post: operations["upload_area"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/areas/{area}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Area (区域) */
        get: operations["get_area"];
        /** Area (区域) */
        put: operations["change_area"];
        post?: never;
        /** Area (区域) */
        delete: operations["remove_area"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/areas/{area}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Area (区域) */
        post: operations["enable_area"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/areas/{area}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Area (区域) */
        post: operations["disable_area"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/buildings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Buildings (楼栋) */
        get: operations["list_buildings"];
        put?: never;
        /** Building (楼栋) */
        post: operations["create_building"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/buildings/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Buildings (楼栋) */
        get: operations["export_building"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/buildings/import-template": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Buildings (楼栋) */
        get: operations["template_building"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/buildings/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Buildings (楼栋) */
        post: operations["upload_building"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/buildings/{building}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Building (楼栋) */
        get: operations["get_building"];
        /** Building (楼栋) */
        put: operations["change_building"];
        post?: never;
        /** Building (楼栋) */
        delete: operations["remove_building"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/buildings/{building}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Building (楼栋) */
        post: operations["enable_building"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/buildings/{building}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Building (楼栋) */
        post: operations["disable_building"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/units": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Units (单元) */
        get: operations["list_units"];
        put?: never;
        /** Unit (单元) */
        post: operations["create_unit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/units/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Units (单元) */
        get: operations["export_unit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/units/import-template": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Units (单元) */
        get: operations["template_unit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/units/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Units (单元) */
        post: operations["upload_unit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/units/{unit}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Unit (单元) */
        get: operations["get_unit"];
        /** Unit (单元) */
        put: operations["change_unit"];
        post?: never;
        /** Unit (单元) */
        delete: operations["remove_unit"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/units/{unit}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Unit (单元) */
        post: operations["enable_unit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/units/{unit}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Unit (单元) */
        post: operations["disable_unit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/house-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** House types (房屋类型) */
        get: operations["list_house_types"];
        put?: never;
        /** House type (房屋类型) */
        post: operations["create_house_type"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/house-types/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** House types (房屋类型) */
        get: operations["export_house_type"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/house-types/import-template": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** House types (房屋类型) */
        get: operations["template_house_type"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/house-types/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** House types (房屋类型) */
        post: operations["upload_house_type"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/house-types/{house_type}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** House type (房屋类型) */
        get: operations["get_house_type"];
        /** House type (房屋类型) */
        put: operations["change_house_type"];
        post?: never;
        /** House type (房屋类型) */
        delete: operations["remove_house_type"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/house-types/{house_type}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** House type (房屋类型) */
        post: operations["enable_house_type"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/house-types/{house_type}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** House type (房屋类型) */
        post: operations["disable_house_type"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/houses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Houses (房屋) */
        get: operations["list_houses"];
        put?: never;
        /** House (房屋) */
        post: operations["create_house"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/houses/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Houses (房屋) */
        get: operations["export_house"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/houses/import-template": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Houses (房屋) */
        get: operations["template_house"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/houses/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Houses (房屋) */
        post: operations["upload_house"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/houses/{house}/reveal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** House (房屋) */
        post: operations["reveal_house"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/houses/{house}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** House (房屋) */
        get: operations["get_house"];
        /** House (房屋) */
        put: operations["change_house"];
        post?: never;
        /** House (房屋) */
        delete: operations["remove_house"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/houses/{house}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** House (房屋) */
        post: operations["enable_house"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/houses/{house}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** House (房屋) */
        post: operations["disable_house"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Property contacts (物业联系人) */
        get: operations["list_contacts"];
        put?: never;
        /** Contact (物业联系人) */
        post: operations["create_contact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Property contacts (物业联系人) */
        get: operations["export_contact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/import-template": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Property contacts (物业联系人) */
        get: operations["template_contact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Property contacts (物业联系人) */
        post: operations["upload_contact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{contact}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Contact (物业联系人) */
        get: operations["get_contact"];
        /** Contact (物业联系人) */
        put: operations["change_contact"];
        post?: never;
        /** Contact (物业联系人) */
        delete: operations["remove_contact"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{contact}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Contact (物业联系人) */
        post: operations["enable_contact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{contact}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Contact (物业联系人) */
        post: operations["disable_contact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rooms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rooms (房间) */
        get: operations["list_rooms"];
        put?: never;
        /** Room (房间) */
        post: operations["create_room"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rooms/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rooms (房间) */
        get: operations["export_room"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rooms/import-template": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rooms (房间) */
        get: operations["template_room"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rooms/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rooms (房间) */
        post: operations["upload_room"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rooms/{room}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Room (房间) */
        get: operations["get_room"];
        /** Room (房间) */
        put: operations["change_room"];
        post?: never;
        /** Room (房间) */
        delete: operations["remove_room"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rooms/{room}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Room (房间) */
        post: operations["enable_room"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rooms/{room}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Room (房间) */
        post: operations["disable_room"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/residents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Residents (住户) */
        get: operations["list_residents"];
        put?: never;
        /** Resident (住户) */
        post: operations["create_resident"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/residents/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Residents (住户) */
        get: operations["export_resident"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/residents/import-template": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Residents (住户) */
        get: operations["template_resident"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/residents/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Residents (住户) */
        post: operations["upload_resident"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/residents/{resident}/reveal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Resident (住户) */
        post: operations["reveal_resident"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/residents/{resident}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Resident (住户) */
        get: operations["get_resident"];
        /** Resident (住户) */
        put: operations["change_resident"];
        post?: never;
        /** Resident (住户) */
        delete: operations["remove_resident"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/residents/{resident}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Resident (住户) */
        post: operations["enable_resident"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/residents/{resident}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Resident (住户) */
        post: operations["disable_resident"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/house-members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** House members (房屋成员) */
        get: operations["list_house_members"];
        put?: never;
        /** House member (房屋成员) */
        post: operations["create_house_member"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/house-members/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** House members (房屋成员) */
        get: operations["export_house_member"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/house-members/import-template": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** House members (房屋成员) */
        get: operations["template_house_member"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/house-members/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** House members (房屋成员) */
        post: operations["upload_house_member"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/house-members/{house_member}/reveal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** House member (房屋成员) */
        post: operations["reveal_house_member"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/house-members/{house_member}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** House member (房屋成员) */
        get: operations["get_house_member"];
        /** House member (房屋成员) */
        put: operations["change_house_member"];
        post?: never;
        /** House member (房屋成员) */
        delete: operations["remove_house_member"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/house-members/{house_member}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** House member (房屋成员) */
        post: operations["enable_house_member"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/house-members/{house_member}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** House member (房屋成员) */
        post: operations["disable_house_member"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Housing sources (房源) */
        get: operations["list_sources"];
        put?: never;
        /** Housing source (房源) */
        post: operations["create_source"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sources/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Housing sources (房源) */
        get: operations["export_source"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sources/import-template": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Housing sources (房源) */
        get: operations["template_source"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sources/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Housing sources (房源) */
        post: operations["upload_source"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sources/{source}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Housing source (房源) */
        get: operations["get_source"];
        /** Housing source (房源) */
        put: operations["change_source"];
        post?: never;
        /** Housing source (房源) */
        delete: operations["remove_source"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sources/{source}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Housing source (房源) */
        post: operations["enable_source"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sources/{source}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Housing source (房源) */
        post: operations["disable_source"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/concentrators": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Concentrators (集中器管理) */
        get: operations["list_concentrators"];
        put?: never;
        /** Concentrator (集中器管理) */
        post: operations["create_concentrator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/concentrators/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Concentrators (集中器管理) */
        get: operations["export_concentrator"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/concentrators/import-template": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Concentrators (集中器管理) */
        get: operations["template_concentrator"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/concentrators/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Concentrators (集中器管理) */
        post: operations["upload_concentrator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/concentrators/{concentrator}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Concentrator (集中器管理) */
        get: operations["get_concentrator"];
        /** Concentrator (集中器管理) */
        put: operations["change_concentrator"];
        post?: never;
        /** Concentrator (集中器管理) */
        delete: operations["remove_concentrator"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/concentrators/{concentrator}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Concentrator (集中器管理) */
        post: operations["enable_concentrator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/concentrators/{concentrator}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Concentrator (集中器管理) */
        post: operations["disable_concentrator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operators": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Operating companies (运营公司) */
        get: operations["list_operators"];
        put?: never;
        /** Operating company (运营公司) */
        post: operations["create_operator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operators/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Operating companies (运营公司) */
        get: operations["export_operator"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operators/{operator}/reveal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Operating company (运营公司) */
        post: operations["reveal_operator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operators/{operator}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Operating company (运营公司) */
        get: operations["get_operator"];
        /** Operating company (运营公司) */
        put: operations["change_operator"];
        post?: never;
        /** Operating company (运营公司) */
        delete: operations["remove_operator"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operators/{operator}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Operating company (运营公司) */
        post: operations["enable_operator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operators/{operator}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Operating company (运营公司) */
        post: operations["disable_operator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operators/{operator}/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create the organisation's administrator (创建账号) */
        post: operations["create_operator_account"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operators/{operator}/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** People of the organisation (查看账号) */
        get: operations["list_operator_accounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operators/{operator}/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sums over it and all below it (数据统计) */
        get: operations["get_operator_statistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Providers (服务商管理) */
        get: operations["list_providers"];
        put?: never;
        /** Provider (服务商管理) */
        post: operations["create_provider"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/providers/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Providers (服务商管理) */
        get: operations["export_provider"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/providers/{provider}/reveal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Provider (服务商管理) */
        post: operations["reveal_provider"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/providers/{provider}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Provider (服务商管理) */
        get: operations["get_provider"];
        /** Provider (服务商管理) */
        put: operations["change_provider"];
        post?: never;
        /** Provider (服务商管理) */
        delete: operations["remove_provider"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/providers/{provider}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Provider (服务商管理) */
        post: operations["enable_provider"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/providers/{provider}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Provider (服务商管理) */
        post: operations["disable_provider"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/providers/{provider}/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create the organisation's administrator (创建账号) */
        post: operations["create_provider_account"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/providers/{provider}/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** People of the organisation (查看账号) */
        get: operations["list_provider_accounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/providers/{provider}/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sums over it and all below it (数据统计) */
        get: operations["get_provider_statistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/properties": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Property companies (集团物业管理) */
        get: operations["list_properties"];
        put?: never;
        /** Property company (集团物业管理) */
        post: operations["create_property"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/properties/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Property companies (集团物业管理) */
        get: operations["export_property"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/properties/{property}/reveal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Property company (集团物业管理) */
        post: operations["reveal_property"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/properties/{property}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Property company (集团物业管理) */
        get: operations["get_property"];
        /** Property company (集团物业管理) */
        put: operations["change_property"];
        post?: never;
        /** Property company (集团物业管理) */
        delete: operations["remove_property"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/properties/{property}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Property company (集团物业管理) */
        post: operations["enable_property"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/properties/{property}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Property company (集团物业管理) */
        post: operations["disable_property"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/properties/{property}/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create the organisation's administrator (创建账号) */
        post: operations["create_property_account"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/properties/{property}/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** People of the organisation (查看账号) */
        get: operations["list_property_accounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/properties/{property}/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sums over it and all below it (数据统计) */
        get: operations["get_property_statistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collectives": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Collectives (集体户管理) */
        get: operations["list_collectives"];
        put?: never;
        /** Collective (集体户管理) */
        post: operations["create_collective"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collectives/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Collectives (集体户管理) */
        get: operations["export_collective"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collectives/{collective}/reveal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Collective (集体户管理) */
        post: operations["reveal_collective"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collectives/{collective}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Collective (集体户管理) */
        get: operations["get_collective"];
        /** Collective (集体户管理) */
        put: operations["change_collective"];
        post?: never;
        /** Collective (集体户管理) */
        delete: operations["remove_collective"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collectives/{collective}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Collective (集体户管理) */
        post: operations["enable_collective"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collectives/{collective}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Collective (集体户管理) */
        post: operations["disable_collective"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collectives/{collective}/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create the organisation's administrator (创建账号) */
        post: operations["create_collective_account"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/collectives/{collective}/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** People of the organisation (查看账号) */
        get: operations["list_collective_accounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/merchants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Merchants (商家管理) */
        get: operations["list_merchants"];
        put?: never;
        /** Merchant (商家管理) */
        post: operations["create_merchant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/merchants/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Merchants (商家管理) */
        get: operations["export_merchant"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/merchants/{merchant}/reveal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Merchant (商家管理) */
        post: operations["reveal_merchant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/merchants/{merchant}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Merchant (商家管理) */
        get: operations["get_merchant"];
        /** Merchant (商家管理) */
        put: operations["change_merchant"];
        post?: never;
        /** Merchant (商家管理) */
        delete: operations["remove_merchant"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/merchants/{merchant}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Merchant (商家管理) */
        post: operations["enable_merchant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/merchants/{merchant}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Merchant (商家管理) */
        post: operations["disable_merchant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/merchants/{merchant}/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create the organisation's administrator (创建账号) */
        post: operations["create_merchant_account"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/merchants/{merchant}/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** People of the organisation (查看账号) */
        get: operations["list_merchant_accounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/merchant-categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Merchant categories (商家分类) */
        get: operations["list_merchant_categories"];
        put?: never;
        /** Merchant category (商家分类) */
        post: operations["create_merchant_category"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/merchant-categories/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Merchant categories (商家分类) */
        get: operations["export_merchant_category"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/merchant-categories/{merchant_category}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Merchant category (商家分类) */
        get: operations["get_merchant_category"];
        /** Merchant category (商家分类) */
        put: operations["change_merchant_category"];
        post?: never;
        /** Merchant category (商家分类) */
        delete: operations["remove_merchant_category"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/merchant-categories/{merchant_category}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Merchant category (商家分类) */
        post: operations["enable_merchant_category"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/merchant-categories/{merchant_category}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Merchant category (商家分类) */
        post: operations["disable_merchant_category"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Users (用户管理) */
        get: operations["list_users"];
        put?: never;
        /** User (用户管理) */
        post: operations["create_user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Users (用户管理) */
        get: operations["export_user"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{user}/reveal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** User (用户管理) */
        post: operations["reveal_user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{user}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** User (用户管理) */
        get: operations["get_user"];
        /** User (用户管理) */
        put: operations["change_user"];
        post?: never;
        /** User (用户管理) */
        delete: operations["remove_user"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{user}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** User (用户管理) */
        post: operations["enable_user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{user}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** User (用户管理) */
        post: operations["disable_user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Roles (角色管理) */
        get: operations["list_roles"];
        put?: never;
        /** Role (角色管理) */
        post: operations["create_role"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/roles/{role}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Role (角色管理) */
        get: operations["get_role"];
        /** Role (角色管理) */
        put: operations["change_role"];
        post?: never;
        /** Role (角色管理) */
        delete: operations["remove_role"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/roles/{role}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Role (角色管理) */
        post: operations["enable_role"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/roles/{role}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Role (角色管理) */
        post: operations["disable_role"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/departments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Departments (部门管理) */
        get: operations["list_departments"];
        put?: never;
        /** Department (部门管理) */
        post: operations["create_department"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/departments/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Departments (部门管理) */
        get: operations["export_department"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/departments/{department}/reveal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Department (部门管理) */
        post: operations["reveal_department"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/departments/{department}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Department (部门管理) */
        get: operations["get_department"];
        /** Department (部门管理) */
        put: operations["change_department"];
        post?: never;
        /** Department (部门管理) */
        delete: operations["remove_department"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/departments/{department}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Department (部门管理) */
        post: operations["enable_department"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/departments/{department}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Department (部门管理) */
        post: operations["disable_department"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Posts (岗位管理) */
        get: operations["list_posts"];
        put?: never;
        /** Post (岗位管理) */
        post: operations["create_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Posts (岗位管理) */
        get: operations["export_post"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts/{post}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Post (岗位管理) */
        get: operations["get_post"];
        /** Post (岗位管理) */
        put: operations["change_post"];
        post?: never;
        /** Post (岗位管理) */
        delete: operations["remove_post"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts/{post}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Post (岗位管理) */
        post: operations["enable_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts/{post}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Post (岗位管理) */
        post: operations["disable_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user-groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** User groups (用户分组) */
        get: operations["list_user_groups"];
        put?: never;
        /** User group (用户分组) */
        post: operations["create_user_group"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user-groups/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** User groups (用户分组) */
        get: operations["export_user_group"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user-groups/import-template": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** User groups (用户分组) */
        get: operations["template_user_group"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user-groups/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** User groups (用户分组) */
        post: operations["upload_user_group"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user-groups/{user_group}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** User group (用户分组) */
        get: operations["get_user_group"];
        /** User group (用户分组) */
        put: operations["change_user_group"];
        post?: never;
        /** User group (用户分组) */
        delete: operations["remove_user_group"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user-groups/{user_group}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** User group (用户分组) */
        post: operations["enable_user_group"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user-groups/{user_group}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** User group (用户分组) */
        post: operations["disable_user_group"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/group-members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Group members (分组成员) */
        get: operations["list_group_members"];
        put?: never;
        /** Group member (分组成员) */
        post: operations["create_group_member"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/group-members/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Group members (分组成员) */
        get: operations["export_group_member"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/group-members/import-template": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Group members (分组成员) */
        get: operations["template_group_member"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/group-members/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Group members (分组成员) */
        post: operations["upload_group_member"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/group-members/{group_member}/reveal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Group member (分组成员) */
        post: operations["reveal_group_member"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/group-members/{group_member}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Group member (分组成员) */
        get: operations["get_group_member"];
        /** Group member (分组成员) */
        put: operations["change_group_member"];
        post?: never;
        /** Group member (分组成员) */
        delete: operations["remove_group_member"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/group-members/{group_member}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Group member (分组成员) */
        post: operations["enable_group_member"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/group-members/{group_member}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Group member (分组成员) */
        post: operations["disable_group_member"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/readings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reading records (抄表记录), newest first */
        get: operations["list_reading_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/readings/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reading records (抄表记录) as .xlsx */
        get: operations["export_reading_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/readings/totals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reading records (抄表记录): sums */
        get: operations["get_reading_report_totals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/meters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Meters in detail (多表明细), newest first */
        get: operations["list_meter_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/meters/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Meters in detail (多表明细) as .xlsx */
        get: operations["export_meter_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/meters/totals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Meters in detail (多表明细): sums */
        get: operations["get_meter_report_totals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Payment records (缴费记录), newest first */
        get: operations["list_payment_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/payments/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Payment records (缴费记录) as .xlsx */
        get: operations["export_payment_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/payments/totals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Payment records (缴费记录): sums */
        get: operations["get_payment_report_totals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/energy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Energy records (能耗记录), newest first */
        get: operations["list_energy_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/energy/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Energy records (能耗记录) as .xlsx */
        get: operations["export_energy_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/energy/totals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Energy records (能耗记录): sums */
        get: operations["get_energy_report_totals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/bills": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Bills by reading (抄表账单), newest first */
        get: operations["list_bill_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/bills/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Bills by reading (抄表账单) as .xlsx */
        get: operations["export_bill_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/bills/totals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Bills by reading (抄表账单): sums */
        get: operations["get_bill_report_totals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/switches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Switch records (设备开关记录), newest first */
        get: operations["list_switch_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/switches/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Switch records (设备开关记录) as .xlsx */
        get: operations["export_switch_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Orders carried out (策略执行查询), newest first */
        get: operations["list_order_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/orders/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Orders carried out (策略执行查询) as .xlsx */
        get: operations["export_order_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/freezes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Frozen registers (采集日志), newest first */
        get: operations["list_freeze_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/freezes/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Frozen registers (采集日志) as .xlsx */
        get: operations["export_freeze_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/settlements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Settlement records (结算记录), newest first */
        get: operations["list_settlement_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/settlements/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Settlement records (结算记录) as .xlsx */
        get: operations["export_settlement_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/settlements/totals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Settlement records (结算记录): sums */
        get: operations["get_settlement_report_totals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Refunds (退费明细), newest first */
        get: operations["list_refund_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/refunds/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Refunds (退费明细) as .xlsx */
        get: operations["export_refund_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/refunds/totals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Refunds (退费明细): sums */
        get: operations["get_refund_report_totals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/clearings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Clear records (清零记录), newest first */
        get: operations["list_clearing_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/clearings/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Clear records (清零记录) as .xlsx */
        get: operations["export_clearing_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/clearings/totals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Clear records (清零记录): sums */
        get: operations["get_clearing_report_totals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Online records (上下线记录), newest first */
        get: operations["list_connection_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/connections/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Online records (上下线记录) as .xlsx */
        get: operations["export_connection_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description yuan, exact decimal text, up to 6 decimals */
        Money: string;
        /** @description kWh, exact decimal text, up to 4 decimals */
        Quantity: string;
        /** @description yuan per kWh, exact decimal text, up to 5 decimals, not negative */
        Price: string;
        /** @description UTC milliseconds */
        Time: number;
        Id: string;
        Error: {
            /** @description stable snake_case: not_json, bad_field, unauthenticated, wrong_credentials, forbidden, beyond_own_rights, bad_csrf, password_change_required, not_found, conflict, key_reused, not_cancellable, keep_power_on, not_dispatched, needs_confirmation, no_valve, not_for_kind, limit_reached, has_history, not_clearable, in_use, disabled, last_administrator, own_account, not_a_release, wrong_product, damaged, untrusted, wrong_architecture, not_newer, too_old, no_public_url, too_large, locked, too_many, busy, audit_unavailable, internal */
            code: string;
            /** @description the field that is wrong, as in the request */
            field?: string;
            /** @description what is wrong and what to do, English; the console translates by code */
            message: string;
            /** @description locked and too_many only */
            retry_after_s?: number;
        };
        Credentials: {
            user: string;
            password: string;
            /** @description 商户号; when it is given it must be that of the user's organisation */
            merchant?: string;
        };
        PasswordChange: {
            old_password: string;
            /** @description at least 10 characters */
            new_password: string;
        };
        Session: {
            user: string;
            /** @description display name */
            name: string;
            phone: string;
            email: string;
            organisation: components["schemas"]["OrganisationCard"];
            /** @description send it back as X-CSRF-Token on every unsafe request */
            csrf_token: string;
            permissions: string[];
            /** @description first login with the drawn password */
            must_change_password: boolean;
            acting: components["schemas"]["OrganisationCard"];
            /**
             * @description the widest of the roles
             * @enum {string}
             */
            scope: "all" | "company" | "sites" | "department_below" | "department" | "self";
            /** @description codes of the communities that are reached; null: all */
            sites: string[] | null;
            /** @description names */
            roles: string[];
        };
        /**
         * @description closed = supplying (合闸), open = cut off (跳闸)
         * @enum {string}
         */
        Relay: "unknown" | "closed" | "open" | "opening" | "awaiting_button";
        /**
         * @description 预付费模式 / 抄表模式 (em-mode-prepaid, em-mode-reading)
         * @enum {string}
         */
        MeterMode: "prepaid" | "reading";
        PricePlanInput: components["schemas"]["PriceFields"] & {
            name: string;
            /** @description the prices hold from then on, and replace every change that was to come from then on; absent: from now on. Not for a new plan */
            from?: components["schemas"]["Time"];
            /** @description of a new plan; absent: electricity. It never changes */
            utility?: components["schemas"]["Utility"];
        };
        PricePlan: components["schemas"]["PriceFields"] & {
            id: number;
            name: string;
            updated_at: components["schemas"]["Time"];
            /** @description how many meters use it */
            meters: number;
            /** @description the change that comes next */
            next?: components["schemas"]["PriceFields"] & {
                from: components["schemas"]["Time"];
            };
            utility: components["schemas"]["Utility"];
        };
        RegisterReading: {
            at: components["schemas"]["Time"];
            total: components["schemas"]["Quantity"];
            /** @description sharp, peak, flat, valley */
            tariffs?: components["schemas"]["Quantity"][];
        };
        /**
         * @description the protocol that a device speaks; mqtt: to the platform itself
         * @enum {string}
         */
        Dialect: "dlt645-2007" | "dlt645-1997" | "cjt188" | "modbus" | "mqtt";
        MeterRow: {
            id: number;
            /** @description device id, unique within its site */
            device: string;
            name: string;
            /** @description 12 digits; of cjt188 14 hex digits; of modbus the unit, 1 to 247, and on a line of Modbus TCP also 255 or 0 */
            address: string;
            room: string;
            gateway: string;
            line: string;
            site: string;
            mode: components["schemas"]["MeterMode"];
            balance: components["schemas"]["Money"];
            balance_kwh: components["schemas"]["Quantity"];
            /**
             * @description below preset 1, below preset 2, at or below the trip threshold
             * @enum {string}
             */
            account_state: "normal" | "low_1" | "low_2" | "arrears";
            /** @enum {string} */
            wanted: "closed" | "open";
            /**
             * @description why it should be open
             * @enum {string}
             */
            wanted_reason: "none" | "arrears" | "forced" | "scheduled" | "fee";
            reported: components["schemas"]["Relay"];
            reported_at?: components["schemas"]["Time"] | null;
            /** @description the gateway is online and the meter answers */
            reachable: boolean;
            /** @description 保电 */
            keep_power: boolean;
            last_reading?: components["schemas"]["RegisterReading"] | null;
            today_kwh: components["schemas"]["Quantity"];
            price_plan: {
                id: number;
                name: string;
            };
            pending_command?: string | null;
            /** @description the office's room that it is linked to; `room` is what the installer typed */
            linked_room: {
                id: number;
                name: string;
                house: number | null;
            } | null;
            kind: components["schemas"]["MeterKind"];
            /** @description it can cut off; false: a water meter without a valve */
            valve: boolean;
            dialect: components["schemas"]["Dialect"];
            /** @description of a Modbus device: the file that says where its registers are */
            model?: string;
            dispatch: components["schemas"]["DispatchState"];
            /** @description of a meter that is linked to a room */
            source?: {
                /** @description 房源编码 */
                code: string;
                /** @description of the source */
                name: string;
                /** @description 房源类型: centralised, distributed, room */
                type: string;
                /** @description 房源区域: of the source, without one of the room */
                zone: string;
            } | null;
        };
        Meter: components["schemas"]["MeterRow"] & {
            alarm_1: components["schemas"]["Money"];
            alarm_2: components["schemas"]["Money"];
            overdraft: components["schemas"]["Money"];
            auto_trip: boolean;
            start_reading: components["schemas"]["RegisterReading"];
            registered_at: components["schemas"]["Time"];
            today_money: components["schemas"]["Money"];
            month_kwh: components["schemas"]["Quantity"];
            month_money: components["schemas"]["Money"];
            last_seen_at?: components["schemas"]["Time"] | null;
            clock_offset_s?: number | null;
            /** @description readings that fit no rule and wait for a person */
            quarantined: number;
            prices?: components["schemas"]["PricePlan"];
            /** @description the change of its price plan that comes next */
            next_price_plan?: {
                id: number;
                name: string;
                from: components["schemas"]["Time"];
            };
            limits_kwh?: components["schemas"]["QuantityLimits"];
            hot_water: components["schemas"]["HotWater"] | null;
            /** @description 定时断电 */
            schedule: components["schemas"]["SwitchPeriod"][];
            annual_fee: components["schemas"]["AnnualFee"] | null;
            profile: components["schemas"]["MeterProfile"];
            /** @description null: the line's, or the Modbus model's */
            baud: number | null;
        };
        MeterPage: {
            total: number;
            rows: components["schemas"]["MeterRow"][];
        };
        /** @description how a device is spoken to. close to operator_code: DL/T645; meter_type to travel_s: CJ/T188; model: Modbus. Answers have what its dialect uses, without passwords */
        MeterProfile: {
            /**
             * @description absent: dlt645-2007; mqtt: the device speaks to the platform itself
             * @enum {string}
             */
            dialect?: "dlt645-2007" | "dlt645-1997" | "cjt188" | "modbus" | "mqtt";
            /** @enum {string} */
            close?: "direct" | "permit";
            /** @description read the four registers of a DL/T645 or Modbus meter */
            tariffs?: boolean;
            short_relay_command?: boolean;
            preamble?: number;
            access_level?: string;
            password?: string;
            operator_code?: string;
            /** @description T: 10 cold, 11 hot, 12 drinking, 13 reclaimed water; AA asks any */
            meter_type?: string;
            /** @description identifiers are sent low byte first */
            low_byte_first?: boolean;
            /**
             * @description where the valve stands in the status word; none only without a valve
             * @enum {string}
             */
            status_map?: "none" | "closed_01" | "closed_10" | "high_bits";
            /** @description the code behind A017 that opens; absent: 55 */
            valve_open?: string;
            /** @description the code that closes; absent: 99 */
            valve_close?: string;
            /** @description what a valve takes at most to move; absent: 10 */
            travel_s?: number;
            /** @description modbus: the file on the gateway that says where its registers are */
            model?: components["schemas"]["Id"];
            /** @description data bits, parity and stop bits where they differ from the line's; absent: the line's, or the Modbus model's */
            format?: string;
        };
        /** @description how a device is spoken to from now on */
        MeterDevice: {
            /** @description of the device that is meant. Another one stands there by now: conflict. It is not changed here (换表) */
            address: string;
            /** @description the line of its gateway that it hangs on; absent: as it is */
            line?: components["schemas"]["Id"];
            /** @description absent: the line's, or the Modbus model's */
            baud?: number;
            /** @description as a whole: an absent member takes its default, but access_level, password and operator_code, which no answer shows, stay as they are */
            profile: components["schemas"]["MeterProfile"];
        };
        MeterRegistration: {
            device: components["schemas"]["Id"];
            name: string;
            /** @description 12 digits; of cjt188 14 hex digits; of modbus the unit, 1 to 247, and on a line of Modbus TCP also 255 or 0 */
            address: string;
            room?: string;
            gateway: components["schemas"]["Id"];
            line: components["schemas"]["Id"];
            /** @description absent: the line's, or the Modbus model's */
            baud?: number;
            mode: components["schemas"]["MeterMode"];
            price_plan: number;
            start_reading: {
                total: components["schemas"]["Quantity"];
                tariffs?: components["schemas"]["Quantity"][];
            };
            alarm_1?: components["schemas"]["Money"];
            alarm_2?: components["schemas"]["Money"];
            overdraft?: components["schemas"]["Money"];
            auto_trip?: boolean;
            profile?: components["schemas"]["MeterProfile"];
            limits_kwh?: components["schemas"]["QuantityLimits"];
            /** @description absent: electricity */
            kind?: components["schemas"]["MeterKind"];
            /** @description absent: true; false only for water and for Modbus devices */
            valve?: boolean;
            /** @description false: prepared only, the gateway is not told before it is dispatched; true when absent */
            dispatch?: boolean;
        };
        /** @description alarm_1, alarm_2 and overdraft in yuan, or limits_kwh */
        MeterSettings: {
            name: string;
            room?: string;
            mode: components["schemas"]["MeterMode"];
            alarm_1?: components["schemas"]["Money"];
            alarm_2?: components["schemas"]["Money"];
            overdraft?: components["schemas"]["Money"];
            /** @description false: do not cut off when in arrears */
            auto_trip: boolean;
            limits_kwh?: components["schemas"]["QuantityLimits"];
        };
        ReadingRow: {
            id: number;
            at: components["schemas"]["Time"];
            /** @enum {string} */
            kind: "interval" | "on_demand" | "daily_freeze";
            total: components["schemas"]["Quantity"];
            tariffs?: components["schemas"]["Quantity"][];
            used?: components["schemas"]["Quantity"] | null;
            /**
             * @description recorded: kept, not deducted (daily freeze)
             * @enum {string}
             */
            state: "used" | "recorded" | "quarantined";
            /** @description why it is quarantined */
            reason?: string;
        };
        ReadingPage: {
            rows: components["schemas"]["ReadingRow"][];
            next?: number | null;
            since?: components["schemas"]["Time"];
        };
        LedgerRow: {
            id: number;
            at: components["schemas"]["Time"];
            /** @enum {string} */
            kind: "deduction" | "recharge" | "correction";
            amount: components["schemas"]["Money"];
            balance: components["schemas"]["Money"];
            quantity?: components["schemas"]["Quantity"];
            method?: string;
            note?: string;
            by?: string;
            /**
             * @description what a correction is part of: 结算, 退补, 年费; absent: of none
             * @enum {string}
             */
            document?: "settlement" | "adjustment" | "fee";
            /** @description of a recharge: what it sold, at the price of its moment, whatever the price is now */
            sale?: {
                /** @description that the meter had then; name: as it is called now */
                price_plan: {
                    id: number;
                    name: string;
                };
                /** @description the total price, of four the flat one; without steps */
                price: components["schemas"]["Price"];
                /** @description four prices, slots or steps: what is used may cost otherwise than the price says */
                estimate: boolean;
                /** @description bought; m³ of water */
                kwh: components["schemas"]["Quantity"];
                /** @description what the balance before was worth */
                kwh_before: components["schemas"]["Quantity"];
                /** @description what the balance afterwards was worth */
                kwh_after: components["schemas"]["Quantity"];
                /** @description who had the account then, a mask for who may not see personal data; empty: nobody */
                customer: string;
            };
        };
        LedgerPage: {
            rows: components["schemas"]["LedgerRow"][];
            next?: number | null;
            since?: components["schemas"]["Time"];
        };
        NoticeRow: {
            id: number;
            at: components["schemas"]["Time"];
            /**
             * @description which preset the balance fell below
             * @enum {string}
             */
            kind: "alarm_1" | "alarm_2";
            threshold: components["schemas"]["Money"];
            balance: components["schemas"]["Money"];
        };
        NoticePage: {
            rows: components["schemas"]["NoticeRow"][];
            next?: number | null;
        };
        /** @enum {string} */
        CommandState: "queued" | "sent" | "acked" | "verified" | "failed" | "expired" | "cancelled";
        CommandRow: {
            id: string;
            device: string;
            meter?: number;
            /** @enum {string} */
            kind: "trip" | "close" | "keep_power_on" | "keep_power_off" | "read" | "set_clock" | "live" | "clear" | "temperature_valve_open" | "temperature_valve_close" | "automatic_on" | "automatic_off";
            state: components["schemas"]["CommandState"];
            /** @enum {string} */
            cause: "forced" | "arrears" | "recharged" | "reconcile" | "person" | "stale_reading" | "scheduled" | "fee";
            by: string;
            note?: string;
            created_at: components["schemas"]["Time"];
            sent_at?: components["schemas"]["Time"] | null;
            acked_at?: components["schemas"]["Time"] | null;
            ended_at?: components["schemas"]["Time"] | null;
            expires_at: components["schemas"]["Time"];
            attempts: number;
            /** @description error code of the device or gateway */
            reason?: string;
            /** @description an alarm was raised because it lasts */
            escalated?: boolean;
        };
        CommandPage: {
            rows: components["schemas"]["CommandRow"][];
            next?: string | null;
        };
        CommandOrder: {
            /** @description made by the sender before it sends; a repeat answers with the first result */
            id: string;
            /**
             * @description trip 强制拉闸, release 解除拉闸, read 抄表
             * @enum {string}
             */
            kind: "trip" | "release" | "keep_power_on" | "keep_power_off" | "read" | "set_clock" | "live" | "clear" | "temperature_valve_open" | "temperature_valve_close" | "automatic_on" | "automatic_off";
            note?: string;
            /** @description live only */
            seconds?: number;
            /** @description automatic_on only: 20.0 to 70.0 */
            target_c?: string;
        };
        ReadingAcceptance: {
            billed: components["schemas"]["Quantity"];
            /** @description at of the register that the step was reckoned from: last_reading of the meter, start_reading where there is none */
            register_at: number;
            note?: string;
        };
        RechargeOrder: {
            /** @description idempotency key, made by the sender */
            id: string;
            amount: components["schemas"]["Money"];
            /**
             * @description 现金 转账 微信 支付宝 赠送; no payment is taken (em-admin-recharge-free)
             * @enum {string}
             */
            method: "cash" | "transfer" | "wechat" | "alipay" | "free";
            /** @description of the household that was seen, 0: nobody had the account; conflict (field opening) when it is another by now. Absent: whoever it is */
            opening?: number;
            note?: string;
        };
        RechargeResult: {
            /** @enum {string} */
            result: "created" | "exists";
            entry: components["schemas"]["LedgerRow"];
            balance: components["schemas"]["Money"];
            /** @description a close command is on its way */
            reconnecting: boolean;
        };
        Consumption: {
            /** @enum {string} */
            step: "hour" | "day";
            points: {
                at: components["schemas"]["Time"];
                kwh: components["schemas"]["Quantity"];
                money?: components["schemas"]["Money"];
            }[];
        };
        LineState: {
            id: string;
            uri: string;
            up: boolean;
            ok: number;
            timeouts: number;
            bad_frames: number;
            busy_permille: number;
        };
        GatewayRow: {
            id: string;
            name: string;
            site: string;
            online: boolean;
            since?: components["schemas"]["Time"] | null;
            software?: string;
            /** @description Debian's name, as the gateway says; absent: not said */
            architecture?: string;
            /** @description the newest order of the office; null: there was none */
            upgrade: components["schemas"]["Upgrade"] | null;
            devices: number;
            devices_reachable: number;
            alarms: number;
            last_seq?: number;
            stored_seq?: number;
            last_event_at?: components["schemas"]["Time"] | null;
        };
        Gateway: components["schemas"]["GatewayRow"] & {
            started_at: components["schemas"]["Time"] | null;
            /** @description what the platform wants */
            archive_version: number;
            /** @description what the gateway runs */
            archive_reported: number;
            epoch: string;
            lines: components["schemas"]["LineState"][];
            device_states: {
                id: string;
                meter: number;
                name: string;
                line: string;
                address: string;
                dialect: components["schemas"]["Dialect"];
                /** @description of a Modbus device: the file that says where its registers are */
                model?: string;
                reachable: boolean;
                last_seen: components["schemas"]["Time"] | null;
                ok: number;
                timeouts: number;
                bad_frames: number;
                p50_ms: number;
                p99_ms: number;
                room: string;
                dispatch: components["schemas"]["DispatchState"];
                /** @description a household has its account */
                opened: boolean;
                /** @description of its own; null: the line's, or the model's */
                baud: number | null;
                /** @description of its own; absent: the line's, or the model's */
                format?: string;
                /** @description why the gateway cannot use the entry: named values, no sentence */
                refusal?: string;
            }[];
            broker: components["schemas"]["Broker"];
        };
        GatewayRegistration: {
            id: components["schemas"]["Id"];
            name: string;
            site: components["schemas"]["Id"];
            /** @description 64 hex digits; drawn when absent */
            key?: string;
            reading_minutes?: number;
            lines: {
                id: components["schemas"]["Id"];
                uri: string;
            }[];
        };
        GatewayCreated: {
            id: string;
            /** @description shown once; put it into the gateway's key file */
            key: string;
            broker: components["schemas"]["Broker"];
        };
        EnrolmentMade: {
            /** @description XXXXX-XXXXX, shown once */
            code: string;
            /** @description UTC milliseconds */
            expires_at: number;
            /** @description sha256//… of the certificate of the platform's address; empty: not known */
            pin: string;
        };
        EnrolmentRow: {
            /** @enum {string} */
            state: "open" | "expired" | "used" | "cancelled";
            by: string;
            /** @description UTC milliseconds */
            created_at: number;
            /** @description UTC milliseconds */
            expires_at: number;
            /** @description UTC milliseconds; used or cancelled */
            ended_at: number | null;
            /** @description how often somebody else tried the code after it was used */
            reused: number;
        };
        EnrolmentNow: {
            /** @description null: there never was one */
            enrolment: components["schemas"]["EnrolmentRow"] | null;
            /** @description null: not revoked, or a code was used since */
            revocation: components["schemas"]["Revocation"] | null;
        };
        Revocation: {
            by: string;
            at: number;
            note: string;
        };
        RevocationInput: {
            /** @description why */
            note: string;
        };
        /** @description one signed file with the gateway's program; gateways fetch it at public_url/releases/{sha256} */
        Release: {
            id: number;
            /** @description 1.2.3 */
            version: string;
            /** @description Debian's name: amd64, arm64, armhf */
            architecture: string;
            /** @description bytes of the file */
            size: number;
            /** @description of the file, 64 hex digits */
            sha256: string;
            /** @description the least version that it may take the place of */
            minimum: string;
            /** @description format of the spool that it writes */
            spool: number;
            /** @description name of the maker's key; null: this platform was given no keys to check signatures with */
            signed_by: string | null;
            /** @description empty unless own */
            note: string;
            /** @description empty unless own */
            by: string;
            at: components["schemas"]["Time"];
            /** @description false: of an organisation above, which alone deletes it */
            own: boolean;
            /** @description gateways that are ordered to it and are not done; of an own release also those of organisations below */
            wanted: number;
            /** @description gateways that say they run this version */
            installed: number;
        };
        /**
         * @description waiting: ordered, and not begun, or to be tried again later. The last five end the order
         * @enum {string}
         */
        UpgradeStep: "waiting" | "downloading" | "offered" | "trial" | "installed" | "rolled_back" | "refused" | "failed" | "withdrawn";
        /** @description the newest order of a gateway; its outcome stays until the next */
        Upgrade: {
            order: components["schemas"]["Id"];
            /** @description id; the release itself may be deleted since */
            release: number;
            version: string;
            step: components["schemas"]["UpgradeStep"];
            /** @description of rolled_back, refused and failed, and why a download waits: a code */
            reason: string | null;
            /** @description received so far */
            bytes: number;
            /** @description bytes of the file */
            size: number;
            ordered_at: components["schemas"]["Time"];
            ordered_by: string;
            at: components["schemas"]["Time"];
        };
        /** @description order: made by who asks, so that a repeat is no second order; drawn when it is absent */
        UpgradeInput: {
            release: number;
            order?: components["schemas"]["Id"];
        };
        EnrolmentInput: {
            /** @description ten characters of 2-9 and A-Z without I, L, O and U; hyphens, blanks and small letters are fine */
            code: string;
            /** @description drawn by the box; the same when it asks once more */
            nonce: string;
        };
        Enrolment: {
            site: string;
            gateway: string;
            /** @description 64 hex digits, for the gateway's key file */
            key: string;
            broker_url: string;
            /** @description at the broker; empty: the broker's owner gives one */
            user: string;
            password: string;
            /** @description PEM, of the broker; empty: the machine's own authorities */
            ca: string;
        };
        Alarm: {
            id: number;
            code: string;
            /** @enum {string} */
            severity: "warning" | "critical";
            active: boolean;
            /** @description a person may clear it: it tells of something past */
            clearable: boolean;
            raised_at: components["schemas"]["Time"];
            cleared_at?: components["schemas"]["Time"] | null;
            meter?: number;
            meter_name?: string;
            gateway?: string;
            line?: string;
            /** @description named values, `reason=timeout; offset_s=312`; the console puts them into words */
            detail: string;
        };
        AlarmPage: {
            total: number;
            rows: components["schemas"]["Alarm"][];
        };
        Home: {
            as_of: components["schemas"]["Time"];
            meters: number;
            meters_reachable: number;
            meters_cut_off: number;
            meters_in_arrears: number;
            gateways: number;
            gateways_online: number;
            readings_today: number;
            kwh_today: components["schemas"]["Quantity"];
            money_deducted_today: components["schemas"]["Money"];
            money_recharged_today: components["schemas"]["Money"];
            commands_pending: number;
            alarms: {
                code: string;
                count: number;
            }[];
            last_7_days: {
                /** @description YYYY-MM-DD of the site */
                day: string;
                kwh: components["schemas"]["Quantity"];
                deducted: components["schemas"]["Money"];
                recharged: components["schemas"]["Money"];
                /** @description how many */
                recharges: number;
            }[];
            counters: {
                communities: number;
                houses: number;
                rooms: number;
                residents: number;
                prepaid: number;
            };
            /** @description YYYY-MM of the ranking; empty: nothing to rank yet */
            top_span: string;
            top: components["schemas"]["RankedMeter"][];
        };
        AuditRow: {
            id: number;
            at: components["schemas"]["Time"];
            who: string;
            /** @description where the request came from */
            address: string;
            action: string;
            object: string;
            /** @description of a meter, gateway or price plan, as it is called now */
            object_name?: string;
            /** @description named values as in Alarm */
            detail: string;
            result: string;
        };
        AuditPage: {
            total: number;
            rows: components["schemas"]["AuditRow"][];
        };
        /**
         * @description 余额预警1 余额预警2 断供 恢复供应 命令未执行 网关离线 表计失联 读数待确认 断开后仍有用量 长时间无用量 夜间流水 用量突增 公告 短信余量不足 短信已用完 测试
         * @enum {string}
         */
        MessageKind: "low_balance_1" | "low_balance_2" | "cut_off" | "reconnected" | "command_unanswered" | "gateway_offline" | "meter_unreachable" | "reading_quarantined" | "use_while_cut" | "no_use" | "night_flow" | "use_jump" | "announcement" | "sms_low" | "sms_empty" | "test";
        /**
         * @description what somebody may subscribe to at a meter (em-notify)
         * @enum {string}
         */
        MeterMessageKind: "low_balance_1" | "low_balance_2" | "cut_off" | "reconnected" | "command_unanswered" | "meter_unreachable" | "reading_quarantined" | "use_while_cut" | "no_use" | "night_flow" | "use_jump";
        /** @description what the text is made of; only what there is */
        MessageValues: {
            /** @description name of the meter then */
            meter?: string;
            room?: string;
            /** @description name of the site */
            site?: string;
            /** @description name of the gateway */
            gateway?: string;
            threshold?: components["schemas"]["Money"];
            balance?: components["schemas"]["Money"];
            /** @description a code: of a cut-off arrears, forced, …; of a quarantined reading why */
            reason?: string;
            /** @description of an announcement */
            title?: string;
            /** @description of an announcement */
            text?: string;
            /** @description sms_low: what is left */
            amount?: number;
        };
        /** @description the same in both languages, for people */
        MessageText: {
            title: components["schemas"]["Label"];
            text: components["schemas"]["Label"];
        };
        InboxRow: {
            id: number;
            kind: components["schemas"]["MessageKind"];
            at: components["schemas"]["Time"];
            /** @description how many equal messages it stands for; more than one: a flood, told once */
            count: number;
            read: boolean;
            /** @description that it is about; null when it stands for several */
            meter: number | null;
            /** @description code */
            gateway: string | null;
            /** @description code */
            site: string | null;
            values: components["schemas"]["MessageValues"];
            words: components["schemas"]["MessageText"];
        };
        InboxPage: {
            unread: number;
            total: number;
            rows: components["schemas"]["InboxRow"][];
        };
        /** @description `at` of the newest row that was shown: what came later stays unread */
        InboxSeen: {
            through: components["schemas"]["Time"];
        };
        /**
         * @description 待发送 发送中 已发送 被拒绝 已放弃 无短信余量 未配置. failed, given_up, no_package and no_provider may be sent again by a person
         * @enum {string}
         */
        DeliveryState: "pending" | "sending" | "sent" | "failed" | "given_up" | "no_package" | "no_provider";
        /** @description which ways out the platform is configured for */
        MessageWays: {
            sms: boolean;
            mail: boolean;
        };
        Delivery: {
            id: number;
            kind: components["schemas"]["MessageKind"];
            /** @enum {string} */
            channel: "sms" | "mail";
            /** @description who gets it; masked like address for who may not see personal data */
            name: string;
            /** @description mobile or mail address */
            address: string;
            /** @enum {string} */
            language: "zh-CN" | "en";
            state: components["schemas"]["DeliveryState"];
            /** @description of the newest attempt: a code, such as http_422, timeout, bad_address, smtp_550; empty: none */
            error: string;
            attempts: number;
            /** @description how many equal messages it stands for */
            count: number;
            /** @description as it is or will be sent */
            text: string;
            created_at: components["schemas"]["Time"];
            ended_at: components["schemas"]["Time"] | null;
            /** @description pending: not before */
            next_at: components["schemas"]["Time"] | null;
            meter: number | null;
            meter_name: string;
            room: string;
            /** @description code */
            site: string | null;
        };
        DeliveryPage: {
            total: number;
            rows: components["schemas"]["Delivery"][];
            ways: components["schemas"]["MessageWays"];
        };
        /** @description name, mobile and mail are masked for who may not see personal data */
        Subscriber: {
            id: number;
            name: string;
            mobile: string;
            mail: string;
            /** @enum {string} */
            language: "zh-CN" | "en";
            kinds: components["schemas"]["MeterMessageKind"][];
        };
        Subscribers: {
            /** @description send it back with a change */
            version: number;
            rows: components["schemas"]["Subscriber"][];
            /** @description mobile of the household that has the account; it gets both thresholds, cut-off and reconnection without being in the list */
            household: string | null;
        };
        /** @description mobile, mail or both */
        SubscriberInput: {
            /** @description of the row that is changed: a mask then stands for what is there */
            id?: number;
            name: string;
            mobile?: string;
            mail?: string;
            /** @enum {string} */
            language: "zh-CN" | "en";
            kinds: components["schemas"]["MeterMessageKind"][];
        };
        SubscribersInput: {
            /** @description of the list that was read; another by now: conflict */
            version: number;
            rows: components["schemas"]["SubscriberInput"][];
        };
        AnnouncementInput: {
            /** @description idempotency key, made by the sender */
            id: string;
            title: string;
            text: string;
            /** @description codes; absent: all that the session sees */
            sites?: string[];
            /** @description to the mobile of every household that has an account */
            sms: boolean;
            /** @description to the inbox of the staff */
            inbox: boolean;
            /** @description only count */
            dry: boolean;
            /** @description the mobiles of the dry run; another number by now: conflict */
            households?: number;
            /** @description the same of the staff */
            staff?: number;
        };
        AnnouncementCount: {
            /** @description different mobiles */
            households: number;
            staff: number;
            sms_remaining: number;
            ways: components["schemas"]["MessageWays"];
        };
        Announcement: {
            id: number;
            title: string;
            text: string;
            /** @description codes; null: all of the company */
            sites: string[] | null;
            sms: boolean;
            inbox: boolean;
            households: number;
            staff: number;
            /** @description SMS put on their way so far */
            made: number;
            /** @description of them accepted */
            sent: number;
            by: string;
            at: components["schemas"]["Time"];
        };
        AnnouncementPage: {
            total: number;
            rows: components["schemas"]["Announcement"][];
        };
        SmsPackageInput: {
            /** @description idempotency key, made by the sender */
            id: string;
            count: number;
            price: components["schemas"]["Money"];
            note?: string;
        };
        SmsPackage: {
            id: number;
            count: number;
            price: components["schemas"]["Money"];
            note: string;
            by: string;
            at: components["schemas"]["Time"];
        };
        SmsStock: {
            remaining: number;
            bought: number;
            used: number;
            /** @description a tenth or less of what was there after the newest purchase */
            low: boolean;
            rows: components["schemas"]["SmsPackage"][];
        };
        /** @description to the mobile or mail address of one's own profile */
        MessageTest: {
            /** @enum {string} */
            channel: "sms" | "mail";
        };
        Site: {
            id: string;
            name: string;
            utc_offset_minutes: number;
            organisation: string;
            /** @description disabled: nothing new is added below it */
            enabled: boolean;
            province?: string;
            city?: string;
            /** @description degrees as decimal text with 6 decimals, WGS-84; absent when not known */
            latitude?: string;
            /** @description degrees as decimal text with 6 decimals, WGS-84; absent when not known */
            longitude?: string;
        };
        Project: {
            id: string;
            name: string;
            utc_offset_minutes: number;
            organisation: string;
            /** @description disabled: nothing new is added below it */
            enabled: boolean;
            province?: string;
            city?: string;
            /** @description degrees as decimal text with 6 decimals, WGS-84; absent when not known */
            latitude?: string;
            /** @description degrees as decimal text with 6 decimals, WGS-84; absent when not known */
            longitude?: string;
            /** @description its row in the list of communities */
            community: number;
            /** @enum {string} */
            kind: "residential" | "apartment" | "office" | "business" | "school";
            gateways: number;
            gateways_online: number;
            meters: number;
            meters_in_arrears: number;
            alarms: number;
        };
        Event: {
            /**
             * @description what changed; the console asks again for it. live carries values. Only who may read it hears of it: home by home:read, gateway by gateway:read, alarm by alarm:read, inbox (without an id) only the person whose inbox changed, the others by meter:read
             * @enum {string}
             */
            type: "meter" | "gateway" | "command" | "alarm" | "home" | "live" | "ledger" | "inbox";
            /** @description meter id, gateway id, command id, alarm id */
            id?: string;
            at?: components["schemas"]["Time"];
            values?: {
                voltage_v?: string;
                current_a?: string;
                power_kw?: string;
                energy_kwh?: string;
                relay?: components["schemas"]["Relay"];
            };
        };
        Health: {
            /** @enum {string} */
            status: "ok" | "degraded";
            broker: boolean;
            store: boolean;
            /** @description messages waiting */
            queue: number;
            /** @description raw readings that were older than keep_readings_days and went */
            readings_gone?: number;
        };
        PlanChoice: {
            price_plan: number;
            /** @description absent: from now on; replaces every change that was to come from then on */
            from?: components["schemas"]["Time"];
        };
        AlarmClearing: {
            /** @description what was found or done */
            note: string;
        };
        /** @description where the platform itself finds the broker */
        Broker: {
            /** @description mqtt://host:port or mqtts://host:port; the host may be a loopback address of the platform */
            url: string;
            /** @description asks for user and password */
            login: boolean;
            /** @description its certificate is signed by an authority that has to be named */
            own_ca: boolean;
        };
        Label: {
            zh: string;
            en: string;
        };
        CatalogField: {
            name: string;
            label: components["schemas"]["Label"];
            help?: components["schemas"]["Label"];
            /** @enum {string} */
            type: "text" | "integer" | "decimal" | "choice" | "flag" | "reference" | "date";
            required: boolean;
            /** @description text: characters; integer: value; decimal: in units of the last decimal */
            least?: number;
            most?: number;
            /** @description decimal only */
            decimals?: number;
            choices?: {
                value: string;
                label: components["schemas"]["Label"];
            }[];
            /** @description reference only: of what */
            resource?: string;
            /** @description reference only: rows whose field of this name equals this row's field of that name */
            within?: string;
            /** @description required while this flag of the row that `within` refers to is set, otherwise not to be given */
            shown_if?: string;
            /** @description text: found by the text search; choice, flag, reference: a filter of its own; date: two, <name>_from and <name>_to */
            search: boolean;
            /** @description masked in lists and details */
            personal?: boolean;
            sort: boolean;
            /** @description a column of the list */
            listed: boolean;
            /** @description given at creation, never changed */
            fixed: boolean;
            /** @description the platform's own: shown and searched by, never given */
            derived?: boolean;
            /** @description text only: a regular expression that a given text fits */
            pattern?: string;
            /** @description integer: what a form begins with, and what a row gets that is made without it */
            preset?: number;
        };
        CatalogResource: {
            /** @description plural: the path */
            name: string;
            label: components["schemas"]["Label"];
            one: components["schemas"]["Label"];
            /** @description of its permissions: <right>:read … */
            right: string;
            group: string;
            /**
             * @description where rows live: in a site, in an organisation, or they are organisations below another
             * @enum {string}
             */
            place: "site" | "organisation" | "tree";
            /** @description the fields whose values name a row where another refers to it, separated by blanks; of a|b the first that is given; a reference stands for its title */
            title: string;
            /** @description false: a row is made without naming its site */
            of_site: boolean;
            actions: ("create" | "edit" | "enable" | "delete" | "export")[];
            fields: components["schemas"]["CatalogField"][];
        };
        Catalog: {
            resources: components["schemas"]["CatalogResource"][];
        };
        OrganisationCard: {
            id: number;
            name: string;
            /** @enum {string} */
            kind: "system" | "operator" | "provider" | "property" | "collective" | "merchant";
            /** @description six digits (商户号) */
            number: string;
        };
        OrganisationNode: {
            id: number;
            /** @enum {string} */
            kind: "system" | "operator" | "provider" | "property" | "collective" | "merchant";
            name: string;
            /** @description the one above, which may lie out of reach */
            parent: number | null;
            enabled: boolean;
            /** @enum {string} */
            review: "approved" | "pending" | "rejected";
            /** @description of its own */
            sites: number;
        };
        OrganisationTree: components["schemas"]["OrganisationNode"][];
        OrganisationChoice: {
            /** @description one below the own; null: the own again */
            organisation: number | null;
        };
        OrganisationStatistics: {
            properties: number;
            sites: number;
            gateways: number;
            gateways_online: number;
            meters: number;
            meters_online: number;
            houses: number;
            balance_yuan: components["schemas"]["Money"];
            recharged_month_yuan: components["schemas"]["Money"];
            energy_month_kwh: components["schemas"]["Quantity"];
            arrears: number;
            alarms: number;
            staff: number;
        };
        Registration: {
            name: string;
            contact: string;
            /** @description becomes the login when the provider is approved */
            phone: string;
            email?: string;
        };
        ReviewNote: {
            note: string;
        };
        AccountInput: {
            /** @description absent: the organisation's mobile */
            login?: string;
            name: string;
            phone?: string;
            email?: string;
            /** @description absent: drawn; has to be changed at the first login either way */
            password?: string;
        };
        DrawnLogin: {
            user: number;
            login: string;
            /** @description shown this once */
            password: string;
        };
        Account: {
            id: number;
            login: string;
            name: string;
            phone: string;
            email: string;
            administrator: boolean;
            must_change_password: boolean;
            enabled: boolean;
            created_at: components["schemas"]["Time"];
        };
        Accounts: components["schemas"]["Account"][];
        PropertyBatch: {
            rows: Record<string, never>[];
        };
        CreatedRows: {
            ids: number[];
        };
        MeterRoom: {
            /** @description the meter's room from now on; null: none */
            room?: number | null;
            /** @description the room that was seen; another one by now is a conflict */
            was?: number | null;
        };
        RoomMeter: {
            meter: number;
            /** @description empty: the meter was taken away */
            name: string;
            address: string;
            since: components["schemas"]["Time"];
            by: string;
            /** @description null: still */
            until: components["schemas"]["Time"] | null;
            until_by: string;
        };
        RoomMeters: {
            /** @description newest first, at most 100 */
            rows: components["schemas"]["RoomMeter"][];
        };
        DeskHit: {
            id: number;
            /** @description of a resident the name, 王** without the permission personal:read */
            title: string;
            /** @description what tells it from others of the same title; of a house its owner, masked like names */
            detail: string;
            /** @description 138****0001 without the permission personal:read */
            phone: string;
            /** @description name of the community that it is in; the same number may be in each */
            community: string;
            /** @description its page has everything about it */
            house: number | null;
            meter: number | null;
            amount: components["schemas"]["Money"] | null;
            at: components["schemas"]["Time"] | null;
        };
        DeskGroup: {
            /** @enum {string} */
            kind: "house" | "resident" | "room" | "meter" | "recharge";
            /** @description there are more than these */
            more: boolean;
            /** @description at most 6 */
            rows: components["schemas"]["DeskHit"][];
        };
        Desk: {
            /** @description of every kind that the session may read, in a fixed order */
            groups: components["schemas"]["DeskGroup"][];
        };
        HouseMemberRow: {
            id: number;
            resident: number;
            name: string;
            phone: string;
            /** @enum {string} */
            relation: "owner" | "tenant" | "family" | "visitor" | "other";
            since: string | null;
            /** @description null: still */
            until: string | null;
        };
        HouseRecharge: components["schemas"]["LedgerRow"] & {
            meter: number;
            meter_name: string;
        };
        HouseOverview: {
            /** @description who lives there first; null: needs resident:read */
            members: components["schemas"]["HouseMemberRow"][] | null;
            /** @description of its rooms; null: needs meter:read */
            meters: components["schemas"]["MeterRow"][] | null;
            /** @description newest first, at most 10; null: needs meter:read */
            recharges: components["schemas"]["HouseRecharge"][] | null;
            /** @description active ones of its meters; null: needs alarm:read */
            alarms: components["schemas"]["Alarm"][] | null;
        };
        PrepaidSource: {
            id: number;
            code: string;
            name: string;
            /** @enum {string} */
            type: "centralised" | "distributed" | "room";
            zone: string;
            address: string;
            site: string;
            rooms: number;
            rooms_with_meter: number;
            meters: number;
            gateways: number;
            since: components["schemas"]["Time"];
            /** @description enabled rooms below it that came later and are not imported */
            waiting: number;
        };
        PrepaidSourcePage: {
            total: number;
            rows: components["schemas"]["PrepaidSource"][];
        };
        SourceImport: {
            /** @description that came in now */
            rooms: number;
            /** @description that were in before */
            already: number;
        };
        /** @description a row that was not imported */
        ImportError: {
            /** @description as the spreadsheet counts */
            row: number;
            /** @description label; empty: the row as a whole */
            column: string;
            code: string;
            /** @description in the language of the request */
            reason: string;
        };
        ImportResult: {
            created: number;
            updated: number;
            /** @description such rows were there already */
            unchanged: number;
            failed: number;
            /** @description nothing was written */
            dry_run: boolean;
            errors: components["schemas"]["ImportError"][];
            /** @description required columns that the file lacks */
            missing?: string[];
        };
        Job: {
            id: number;
            /** @enum {string} */
            kind: "export" | "import";
            /** @enum {string} */
            state: "waiting" | "running" | "done" | "failed" | "cancelled" | "interrupted";
            /** @description of the path: meters, audit, or a resource */
            list: string;
            /** @description of the list */
            title: string;
            who: string;
            /** @description the query, or the name of the file */
            remark: string;
            /** @description code; of failed */
            reason: string;
            /** @description rows */
            done: number;
            /** @description rows; 0: not known */
            total: number;
            bytes: number;
            /** @description name; null: there is none */
            file: string | null;
            /** @description of an import */
            result: components["schemas"]["ImportResult"] | null;
            created_at: number;
            started_at: number | null;
            ended_at: number | null;
        };
        JobPage: {
            total: number;
            rows: components["schemas"]["Job"][];
        };
        ReportColumn: {
            name: string;
            label: components["schemas"]["Label"];
            /** @enum {string} */
            type: "text" | "time" | "day" | "count" | "money" | "quantity" | "price" | "choice" | "meter";
            /** @description a condition of its own */
            search: boolean;
            /** @description has a sum below the table */
            sum: boolean;
            help?: components["schemas"]["Label"];
            choices?: {
                value: string;
                label: components["schemas"]["Label"];
            }[];
        };
        Report: {
            /** @description path below /reports */
            name: string;
            /** @description of its permissions: <right>:read, <right>:export */
            right: string;
            label: components["schemas"]["Label"];
            hint: components["schemas"]["Label"];
            /** @description what the text search looks in */
            words: components["schemas"]["Label"];
            /** @description asked for a time range: the last 7 days unless from and to say otherwise, at most 366 */
            period: boolean;
            /** @description has /totals */
            sums: boolean;
            columns: components["schemas"]["ReportColumn"][];
        };
        ReportList: {
            reports: components["schemas"]["Report"][];
        };
        RankedMeter: {
            meter: number;
            device: string;
            name: string;
            room: string;
            building: string;
            kwh: components["schemas"]["Quantity"];
            money: components["schemas"]["Money"];
        };
        /** @description sharp, peak, flat, valley: of kwh what was billed at four prices; the rest had one price */
        EnergySum: {
            kwh: components["schemas"]["Quantity"];
            sharp: components["schemas"]["Quantity"];
            peak: components["schemas"]["Quantity"];
            flat: components["schemas"]["Quantity"];
            valley: components["schemas"]["Quantity"];
            money: components["schemas"]["Money"];
        };
        EnergyPoint: {
            /** @description YYYY-MM-DD, YYYY-MM or YYYY */
            at: string;
            kwh: components["schemas"]["Quantity"];
            sharp: components["schemas"]["Quantity"];
            peak: components["schemas"]["Quantity"];
            flat: components["schemas"]["Quantity"];
            valley: components["schemas"]["Quantity"];
            money: components["schemas"]["Money"];
            /** @description in the same place of the period before */
            before: components["schemas"]["Quantity"];
        };
        SiteEnergy: {
            site: string;
            name: string;
            kwh: components["schemas"]["Quantity"];
            sharp: components["schemas"]["Quantity"];
            peak: components["schemas"]["Quantity"];
            flat: components["schemas"]["Quantity"];
            valley: components["schemas"]["Quantity"];
            money: components["schemas"]["Money"];
            before: components["schemas"]["Quantity"];
        };
        BuildingEnergy: {
            name: string;
            meters: number;
            kwh: components["schemas"]["Quantity"];
            money: components["schemas"]["Money"];
        };
        EnergyAnalysis: {
            /** @description YYYY-MM or YYYY */
            span: string;
            /** @description not over yet: before has the same days of the period before */
            running: boolean;
            total: components["schemas"]["EnergySum"];
            before: components["schemas"]["EnergySum"];
            points: components["schemas"]["EnergyPoint"][];
            sites: components["schemas"]["SiteEnergy"][];
            /** @description most first, of finished days */
            top: components["schemas"]["RankedMeter"][];
            /** @description null: too many meters for one answer */
            buildings: components["schemas"]["BuildingEnergy"][] | null;
        };
        UserRights: {
            roles: {
                id: number;
                name: string;
            }[];
            /** @description codes of the communities bound to the user */
            bound: string[];
            administrator: boolean;
            /** @enum {string} */
            scope: "all" | "company" | "sites" | "department_below" | "department" | "self";
            /** @description of all enabled roles together */
            permissions: string[];
            /** @description codes of the communities that are reached; null: all */
            sites: string[] | null;
        };
        PermissionGroup: {
            group: string;
            label: {
                zh: string;
                en: string;
            };
            things: {
                thing: string;
                label: {
                    zh: string;
                    en: string;
                };
                verbs: {
                    code: string;
                    label: {
                        zh: string;
                        en: string;
                    };
                }[];
            }[];
        };
        OwnSettings: {
            /** @enum {string} */
            theme?: "light" | "dark" | "system";
            /** @enum {string} */
            language?: "zh-CN" | "en";
            page_size?: number;
            site?: components["schemas"]["Id"];
        };
        PriceFields: {
            /**
             * @description one total price (总电价), or four (尖峰平谷): by the meter's tariff registers, or by time slots
             * @enum {string}
             */
            kind: "total" | "tou";
            total?: components["schemas"]["Price"];
            sharp?: components["schemas"]["Price"];
            peak?: components["schemas"]["Price"];
            flat?: components["schemas"]["Price"];
            valley?: components["schemas"]["Price"];
            /** @description under tou: the clock of the community says which of the four prices holds (时段), not the meter's registers. The first begins at 00:00, each at a full or half hour, neighbours differ */
            slots?: {
                from: string;
                /** @enum {string} */
                tariff: "sharp" | "peak" | "flat" | "valley";
            }[];
            /**
             * @description what steps are counted over (阶梯)
             * @enum {string}
             */
            step_period?: "none" | "month" | "year";
            /** @description rising; use of the period above `above` costs `add` more */
            steps?: {
                above: components["schemas"]["Quantity"];
                add: components["schemas"]["Price"];
            }[];
        };
        PriceVersion: components["schemas"]["PriceFields"] & {
            version: number;
            from: components["schemas"]["Time"];
            created_at: components["schemas"]["Time"];
            by: string;
            /** @description a later version began at the same moment or before: this one never held from its moment on, or no longer */
            replaced: boolean;
        };
        MeterPricePlan: {
            id: number;
            price_plan: {
                id: number;
                name: string;
            };
            from: components["schemas"]["Time"];
            created_at: components["schemas"]["Time"];
            by: string;
            replaced: boolean;
        };
        RegisterStand: {
            at: components["schemas"]["Time"];
            total: components["schemas"]["Quantity"];
            /** @description sharp, peak, flat, valley */
            tariffs?: components["schemas"]["Quantity"][];
        };
        /** @description alarm_1, alarm_2 and overdraft in yuan, or limits_kwh */
        OpeningInput: {
            /** @description made by who asks; a repeat books nothing twice */
            id: components["schemas"]["Id"];
            customer: string;
            mobile?: string;
            unit?: string;
            /** @enum {string} */
            settlement_method: "cash" | "transfer" | "wechat" | "alipay" | "free";
            voltage?: string;
            opened_on: components["schemas"]["Time"];
            area?: string;
            address?: string;
            note?: string;
            price_plan: number;
            /** @enum {string} */
            mode: "prepaid" | "reading";
            alarm_1?: components["schemas"]["Money"];
            alarm_2?: components["schemas"]["Money"];
            overdraft?: components["schemas"]["Money"];
            auto_trip: boolean;
            limits_kwh?: components["schemas"]["QuantityLimits"];
        };
        Opening: {
            id: number;
            customer: string;
            /** @description a mask for who may not see personal data, and so is customer */
            mobile: string;
            unit: string;
            /** @enum {string} */
            settlement_method: "cash" | "transfer" | "wechat" | "alipay" | "free";
            voltage: string;
            opened_on: components["schemas"]["Time"];
            area: string;
            address: string;
            note: string;
            start: components["schemas"]["RegisterStand"];
            by: string;
            created_at: components["schemas"]["Time"];
            closed_at?: components["schemas"]["Time"];
            /** @description that the meter had then; name: as it is called now. Absent in a calculation */
            price_plan?: {
                id: number;
                name: string;
            };
        };
        Calculation: {
            /** @description names the register that it goes up to; a settlement gives it back */
            reading: number;
            from: components["schemas"]["RegisterStand"];
            to: components["schemas"]["RegisterStand"];
            kwh: components["schemas"]["Quantity"];
            fee: components["schemas"]["Money"];
            recharged: components["schemas"]["Money"];
            adjusted: components["schemas"]["Money"];
            balance: components["schemas"]["Money"];
            opening: components["schemas"]["Opening"] | null;
            today: {
                at: components["schemas"]["Time"];
                kwh: components["schemas"]["Quantity"];
                fee: components["schemas"]["Money"];
                balance: components["schemas"]["Money"];
                total: components["schemas"]["Quantity"];
                tariffs?: components["schemas"]["Quantity"][];
                previous_total: components["schemas"]["Quantity"];
                /** @description 起度: sharp, peak, flat, valley of the register of previous_total; absent: not known */
                previous_tariffs?: components["schemas"]["Quantity"][];
            }[];
        };
        SettlementInput: {
            /** @description made by who asks; a repeat books nothing twice */
            id: components["schemas"]["Id"];
            /** @description of the calculation */
            reading: number;
            /** @description of the calculation */
            balance: components["schemas"]["Money"];
            /** @enum {string} */
            method: "cash" | "transfer" | "wechat" | "alipay" | "free";
            close: boolean;
            /** @description of the household that was seen, 0: nobody had the account; conflict (field opening) when it is another by now. Absent: whoever it is */
            opening?: number;
            note?: string;
        };
        Settlement: {
            id: number;
            at: components["schemas"]["Time"];
            from: components["schemas"]["RegisterStand"];
            to: components["schemas"]["RegisterStand"];
            kwh: components["schemas"]["Quantity"];
            fee: components["schemas"]["Money"];
            recharged: components["schemas"]["Money"];
            adjusted: components["schemas"]["Money"];
            /** @description before */
            balance: components["schemas"]["Money"];
            /** @description paid back; below zero: collected */
            refund: components["schemas"]["Money"];
            /** @enum {string} */
            method: "cash" | "transfer" | "wechat" | "alipay" | "free";
            closed: boolean;
            note: string;
            by: string;
            customer: string;
        };
        AdjustmentInput: {
            /** @description made by who asks; a repeat books nothing twice */
            id: components["schemas"]["Id"];
            /** @description below zero takes from the balance */
            amount: components["schemas"]["Money"];
            /** @description that was seen */
            balance: components["schemas"]["Money"];
            /** @description of the household that was seen, 0: nobody had the account; conflict (field opening) when it is another by now. Absent: whoever it is */
            opening?: number;
            note: string;
        };
        Adjustment: {
            id: number;
            at: components["schemas"]["Time"];
            amount: components["schemas"]["Money"];
            /** @description afterwards */
            balance: components["schemas"]["Money"];
            note: string;
            by: string;
        };
        /** @description limits as energy (透支电量 欠费停电度数): those in yuan follow from them and the price */
        QuantityLimits: {
            alarm_1: string;
            alarm_2: string;
            overdraft: components["schemas"]["Quantity"];
        };
        /**
         * @description 电表 水表 水控: what it counts, and in what (kWh, m³)
         * @enum {string}
         */
        MeterKind: "electricity" | "water" | "hot_water";
        /**
         * @description what a price plan is for
         * @enum {string}
         */
        Utility: "electricity" | "water";
        HotWater: {
            at: components["schemas"]["Time"];
            temperature_c: string;
            target_c: string | null;
            /** @description 自动控制: it keeps the target by its temperature valve */
            automatic: boolean;
            /**
             * @description 温控阀
             * @enum {string}
             */
            temperature_valve: "unknown" | "open" | "closed";
        };
        SwitchPeriod: {
            /** @description 1: Monday … 7: Sunday, on which it begins */
            days: number[];
            /** @description by the site's clock */
            off: string;
            /** @description the next day when not later than off */
            on: string;
        };
        SwitchSchedule: {
            schedule: components["schemas"]["SwitchPeriod"][];
        };
        AnnualFee: {
            yearly: components["schemas"]["Money"];
            /** @description the first day that is not paid for; from then on the device is blocked */
            paid_until: string;
        };
        AnnualFeeInput: {
            yearly: components["schemas"]["Money"] | null;
            /** @description of the site's calendar */
            paid_until?: string;
        };
        FeePaymentInput: {
            id: components["schemas"]["Id"];
            /** @description as it was seen; another one by now is a conflict */
            yearly: components["schemas"]["Money"];
            /** @description as it was seen; another one by now is a conflict */
            paid_until: string;
            years: number;
            /** @enum {string} */
            method: "cash" | "transfer" | "wechat" | "alipay" | "free";
            note?: string;
        };
        FeePayment: {
            id: number;
            at: components["schemas"]["Time"];
            years: number;
            amount: components["schemas"]["Money"];
            /** @description of the site's calendar */
            paid_from: string;
            /** @description of the site's calendar */
            paid_until: string;
            method: string;
            note: string;
            by: string;
        };
        RegisterInput: {
            total: components["schemas"]["Quantity"];
            tariffs?: components["schemas"]["Quantity"][];
        };
        RegisterChangeInput: {
            id: components["schemas"]["Id"];
            /**
             * @description 换表, 抄表录入
             * @enum {string}
             */
            kind: "replace" | "typed";
            /** @description what was read; of the old meter */
            last: components["schemas"]["RegisterInput"];
            /** @description when it was read; absent: now */
            at?: components["schemas"]["Time"];
            /** @description replace: of the new meter */
            start?: components["schemas"]["RegisterInput"];
            /** @description of the new meter; absent: the same. 12 digits; of cjt188 14 hex digits; of modbus the unit, 1 to 247, and on a line of Modbus TCP also 255 or 0 */
            address?: string;
            note?: string;
            /** @description how the new meter is spoken to; absent: as the old one */
            profile?: components["schemas"]["MeterProfile"];
            /** @description with profile */
            baud?: number;
        };
        RegisterChange: {
            id: number;
            /** @description the moment of both registers */
            at: components["schemas"]["Time"];
            /** @enum {string} */
            kind: "clear" | "replace" | "typed";
            from: components["schemas"]["RegisterStand"];
            to: components["schemas"]["RegisterStand"];
            /** @description billed from the register before up to `from` */
            kwh: components["schemas"]["Quantity"];
            fee: components["schemas"]["Money"];
            note: string;
            by: string;
            created_at: components["schemas"]["Time"];
        };
        /** @description name and mobile are masked for who may not see personal data */
        BoundUser: {
            /** @description of the binding */
            id: number;
            name: string;
            mobile: string;
            /** @description gets the low balance by SMS */
            sms: boolean;
            /** @description by which code */
            share: number;
            since: components["schemas"]["Time"];
            until: components["schemas"]["Time"] | null;
            /**
             * @description why it ended; opened: somebody's account was opened where there was none
             * @enum {string}
             */
            ended: "" | "left" | "unbound" | "settled" | "opened" | "removed";
        };
        /** @description a code that was shared; what it says is known to nobody any more */
        MeterShare: {
            id: number;
            by: string;
            created_at: components["schemas"]["Time"];
            expires_at: components["schemas"]["Time"];
            uses: number;
            used: number;
            /** @enum {string} */
            state: "open" | "expired" | "used_up" | "revoked" | "settled" | "opened" | "removed";
        };
        BoundUsers: {
            /** @description those of today, then those of before */
            bound: components["schemas"]["BoundUser"][];
            /** @description newest first */
            shares: components["schemas"]["MeterShare"][];
        };
        ShareInput: {
            /** @description 7 when it is left out */
            days?: number;
            /** @description 4 when it is left out */
            uses?: number;
        };
        ShareMade: {
            id: number;
            /** @description said this once; the address behind a QR code is /r#<code> */
            code: string;
            expires_at: components["schemas"]["Time"];
            uses: number;
        };
        ShareCode: {
            code: string;
        };
        SharedMeter: {
            site: string;
            kind: components["schemas"]["MeterKind"];
            /** @description of the meter, without its middle */
            address: string;
        };
        /** @description name, mobile and language are needed where there is no session yet, and not looked at where there is one */
        BindingInput: {
            code: string;
            name?: string;
            mobile?: string;
            /** @enum {string} */
            language?: "zh-CN" | "en";
        };
        MyAccount: {
            name: string;
            mobile: string;
            /** @enum {string} */
            language: "zh-CN" | "en";
            sms: boolean;
            csrf_token: string;
        };
        MyBinding: {
            binding: number;
            account: components["schemas"]["MyAccount"];
        };
        MyAccountInput: {
            name: string;
            /** @enum {string} */
            language: "zh-CN" | "en";
            /** @description send me the low balance of my meters by SMS */
            sms: boolean;
        };
        MyMeterRow: {
            binding: number;
            /** @description name of the community */
            site: string;
            kind: components["schemas"]["MeterKind"];
            name: string;
            room: string;
            /** @description the number on the meter */
            address: string;
            mode: components["schemas"]["MeterMode"];
            balance: components["schemas"]["Money"];
            /** @enum {string} */
            account_state: "normal" | "low_1" | "low_2" | "arrears";
            /** @enum {string} */
            wanted: "closed" | "open";
            /** @enum {string} */
            wanted_reason: "none" | "arrears" | "forced" | "scheduled" | "fee";
            reported: components["schemas"]["Relay"];
            reachable: boolean;
            valve: boolean;
            since: components["schemas"]["Time"];
        };
        MyMeter: {
            binding: number;
            /** @description name of the community */
            site: string;
            kind: components["schemas"]["MeterKind"];
            name: string;
            room: string;
            /** @description the number on the meter */
            address: string;
            mode: components["schemas"]["MeterMode"];
            balance: components["schemas"]["Money"];
            /** @enum {string} */
            account_state: "normal" | "low_1" | "low_2" | "arrears";
            /** @enum {string} */
            wanted: "closed" | "open";
            /** @enum {string} */
            wanted_reason: "none" | "arrears" | "forced" | "scheduled" | "fee";
            reported: components["schemas"]["Relay"];
            reachable: boolean;
            valve: boolean;
            since: components["schemas"]["Time"];
            /** @description nothing older is shown */
            from: components["schemas"]["Time"];
            alarm_1: components["schemas"]["Money"];
            alarm_2: components["schemas"]["Money"];
            overdraft: components["schemas"]["Money"];
            auto_trip: boolean;
            reported_at: components["schemas"]["Time"] | null;
            read_at: components["schemas"]["Time"] | null;
            /** @description register, kWh or m3 */
            total: components["schemas"]["Quantity"] | null;
            prices: components["schemas"]["PriceFields"];
            /** @description null: with steps, or where the meter's four registers say */
            price_now: components["schemas"]["Price"] | null;
            /** @description what the balance buys at the price of now; null: see worth_unknown */
            worth: components["schemas"]["Quantity"] | null;
            /** @enum {string} */
            worth_unknown: "" | "nothing_left" | "free" | "tariffs" | "steps";
            utc_offset_minutes: number;
            /** @description whose desk takes money */
            recharge_at: {
                organisation: string;
                address: string;
                phone: string;
            };
        };
        MyUsePoint: {
            /** @description start of the day or month */
            at: components["schemas"]["Time"];
            quantity: components["schemas"]["Quantity"];
            money: components["schemas"]["Money"];
        };
        MyUse: {
            /** @description the first day that the household had wholly */
            from: components["schemas"]["Time"];
            /** @description oldest first, days without use left out; the last may be running */
            days: components["schemas"]["MyUsePoint"][];
            months: components["schemas"]["MyUsePoint"][];
        };
        MyRecords: {
            /** @description newest first */
            rows: {
                at: components["schemas"]["Time"];
                /**
                 * @description fee: paid for the year, and not on the account
                 * @enum {string}
                 */
                kind: "recharge" | "adjustment" | "settlement" | "fee";
                /** @enum {string} */
                method: "" | "cash" | "transfer" | "wechat" | "alipay" | "free";
                /** @description below zero: taken from the account */
                amount: components["schemas"]["Money"];
            }[];
        };
        MyMessages: {
            /** @description newest first */
            rows: {
                at: components["schemas"]["Time"];
                kind: components["schemas"]["MeterMessageKind"];
                title: components["schemas"]["Label"];
                text: components["schemas"]["Label"];
            }[];
        };
        /**
         * @description 数据下发: prepared in the office; dispatched, the gateway has not taken it yet; confirmed by the gateway; refused by it (see refusal); withdrawing, the gateway may still have it
         * @enum {string}
         */
        DispatchState: "prepared" | "dispatched" | "confirmed" | "refused" | "withdrawing";
        FoundDevice: {
            id: number;
            line: string;
            /** @enum {string} */
            dialect: "dlt645-2007" | "dlt645-1997" | "cjt188" | "modbus";
            /** @description as of MeterRegistration */
            address: string;
            baud: number;
            /** @description such as 8E1 */
            format: string;
            /** @description null: it gave none, or its model is not known */
            total: components["schemas"]["Quantity"] | null;
            /** @description of relay or valve in its own word; absent: not told */
            state?: string;
            /** @description of a Modbus device, the likeliest first */
            models: string[];
            meter_type?: string;
            low_byte_first?: boolean;
            /** @description false: heard among others only, which may be a mirage */
            answers: boolean;
            seen_at: components["schemas"]["Time"];
            dismissed: boolean;
        };
        Community: {
            id: number;
            site: string;
            enabled: boolean;
            version: number;
            created_at: number;
            updated_at: number;
            name: string;
            code: string;
            kind: ("residential" | "apartment" | "office" | "business" | "school") | null;
            province: string;
            city: string;
            address: string;
            contact: string;
            phone: string;
            latitude: string | null;
            longitude: string | null;
            utc_offset_minutes: number | null;
            greatest_power_w: number | null;
        };
        CommunityInput: {
            name: string;
            code: string;
            /** @enum {string} */
            kind: "residential" | "apartment" | "office" | "business" | "school";
            province?: string | null;
            city?: string | null;
            address?: string | null;
            contact?: string | null;
            phone?: string | null;
            latitude?: string | null;
            longitude?: string | null;
            /** @default 480 */
            utc_offset_minutes: number;
            /** @default 100000 */
            greatest_power_w: number;
        };
        CommunityChange: {
            version: number;
            name: string;
            /** @enum {string} */
            kind: "residential" | "apartment" | "office" | "business" | "school";
            province?: string | null;
            city?: string | null;
            address?: string | null;
            contact?: string | null;
            phone?: string | null;
            latitude?: string | null;
            longitude?: string | null;
            utc_offset_minutes: number;
            greatest_power_w: number;
        };
        CommunityPage: {
            total: number;
            rows: components["schemas"]["Community"][];
        };
        Area: {
            id: number;
            site: string;
            enabled: boolean;
            version: number;
            created_at: number;
            updated_at: number;
            name: string;
            note: string;
        };
        AreaInput: {
            site: string;
            name: string;
            note?: string | null;
        };
        AreaChange: {
            version: number;
            name: string;
            note?: string | null;
        };
        AreaPage: {
            total: number;
            rows: components["schemas"]["Area"][];
        };
        Building: {
            id: number;
            site: string;
            enabled: boolean;
            version: number;
            created_at: number;
            updated_at: number;
            number: string;
            name: string;
            with_units: boolean;
            note: string;
        };
        BuildingInput: {
            site: string;
            number: string;
            name: string;
            with_units?: boolean | null;
            note?: string | null;
        };
        BuildingChange: {
            version: number;
            number: string;
            name: string;
            with_units?: boolean | null;
            note?: string | null;
        };
        BuildingPage: {
            total: number;
            rows: components["schemas"]["Building"][];
        };
        Unit: {
            id: number;
            site: string;
            enabled: boolean;
            version: number;
            created_at: number;
            updated_at: number;
            building: {
                id: number;
                title: string;
            } | null;
            number: string;
            name: string;
            note: string;
        };
        UnitInput: {
            site: string;
            building: number;
            number: string;
            name?: string | null;
            note?: string | null;
        };
        UnitChange: {
            version: number;
            number: string;
            name?: string | null;
            note?: string | null;
        };
        UnitPage: {
            total: number;
            rows: components["schemas"]["Unit"][];
        };
        HouseType: {
            id: number;
            site: string;
            enabled: boolean;
            version: number;
            created_at: number;
            updated_at: number;
            name: string;
            rate: string | null;
            note: string;
        };
        HouseTypeInput: {
            site: string;
            name: string;
            /** @description decimal text from 0 to 10000, at most 2 decimals */
            rate: string;
            note?: string | null;
        };
        HouseTypeChange: {
            version: number;
            name: string;
            /** @description decimal text from 0 to 10000, at most 2 decimals */
            rate: string;
            note?: string | null;
        };
        HouseTypePage: {
            total: number;
            rows: components["schemas"]["HouseType"][];
        };
        House: {
            id: number;
            site: string;
            enabled: boolean;
            version: number;
            created_at: number;
            updated_at: number;
            building: {
                id: number;
                title: string;
            } | null;
            unit: {
                id: number;
                title: string;
            } | null;
            number: string;
            type: {
                id: number;
                title: string;
            } | null;
            area: string | null;
            zone: {
                id: number;
                title: string;
            } | null;
            owner: string;
            phone: string;
            id_type: ("id_card" | "passport" | "hk_macao" | "taiwan" | "officer" | "other") | null;
            id_number: string;
            note: string;
        };
        HouseInput: {
            site: string;
            building: number;
            unit?: number | null;
            number: string;
            type: number;
            area?: string | null;
            zone?: number | null;
            owner?: string | null;
            phone?: string | null;
            id_type?: ("id_card" | "passport" | "hk_macao" | "taiwan" | "officer" | "other") | null;
            id_number?: string | null;
            note?: string | null;
        };
        HouseChange: {
            version: number;
            number: string;
            type: number;
            area?: string | null;
            zone?: number | null;
            owner?: string | null;
            phone?: string | null;
            id_type?: ("id_card" | "passport" | "hk_macao" | "taiwan" | "officer" | "other") | null;
            id_number?: string | null;
            note?: string | null;
        };
        HousePage: {
            total: number;
            rows: components["schemas"]["House"][];
        };
        Contact: {
            id: number;
            site: string;
            enabled: boolean;
            version: number;
            created_at: number;
            updated_at: number;
            department: string;
            name: string;
            phone: string;
            position: number | null;
            note: string;
        };
        ContactInput: {
            site: string;
            department: string;
            name: string;
            phone: string;
            position?: number | null;
            note?: string | null;
        };
        ContactChange: {
            version: number;
            department: string;
            name: string;
            phone: string;
            position?: number | null;
            note?: string | null;
        };
        ContactPage: {
            total: number;
            rows: components["schemas"]["Contact"][];
        };
        Room: {
            id: number;
            site: string;
            enabled: boolean;
            version: number;
            created_at: number;
            updated_at: number;
            name: string;
            number: string;
            zone: {
                id: number;
                title: string;
            } | null;
            house: {
                id: number;
                title: string;
            } | null;
            source: {
                id: number;
                title: string;
            } | null;
            note: string;
        };
        RoomInput: {
            site: string;
            name: string;
            number: string;
            zone?: number | null;
            house?: number | null;
            source?: number | null;
            note?: string | null;
        };
        RoomChange: {
            version: number;
            name: string;
            number: string;
            zone?: number | null;
            house?: number | null;
            source?: number | null;
            note?: string | null;
        };
        RoomPage: {
            total: number;
            rows: components["schemas"]["Room"][];
        };
        Resident: {
            id: number;
            site: string;
            enabled: boolean;
            version: number;
            created_at: number;
            updated_at: number;
            name: string;
            type: ("owner" | "tenant" | "family" | "visitor" | "other") | null;
            phone: string;
            id_type: ("id_card" | "passport" | "hk_macao" | "taiwan" | "officer" | "other") | null;
            id_number: string;
            moved_in: string | null;
            moved_out: string | null;
            note: string;
        };
        ResidentInput: {
            site: string;
            name: string;
            /** @enum {string} */
            type: "owner" | "tenant" | "family" | "visitor" | "other";
            phone?: string | null;
            id_type?: ("id_card" | "passport" | "hk_macao" | "taiwan" | "officer" | "other") | null;
            id_number?: string | null;
            moved_in?: string | null;
            moved_out?: string | null;
            note?: string | null;
        };
        ResidentChange: {
            version: number;
            name: string;
            /** @enum {string} */
            type: "owner" | "tenant" | "family" | "visitor" | "other";
            phone?: string | null;
            id_type?: ("id_card" | "passport" | "hk_macao" | "taiwan" | "officer" | "other") | null;
            id_number?: string | null;
            moved_in?: string | null;
            moved_out?: string | null;
            note?: string | null;
        };
        ResidentPage: {
            total: number;
            rows: components["schemas"]["Resident"][];
        };
        HouseMember: {
            id: number;
            site: string;
            enabled: boolean;
            version: number;
            created_at: number;
            updated_at: number;
            house: {
                id: number;
                title: string;
            } | null;
            resident: {
                id: number;
                title: string;
            } | null;
            relation: ("owner" | "tenant" | "family" | "visitor" | "other") | null;
            since: string | null;
            until: string | null;
            note: string;
        };
        HouseMemberInput: {
            site: string;
            house: number;
            resident: number;
            /** @enum {string} */
            relation: "owner" | "tenant" | "family" | "visitor" | "other";
            since?: string | null;
            until?: string | null;
            note?: string | null;
        };
        HouseMemberChange: {
            version: number;
            /** @enum {string} */
            relation: "owner" | "tenant" | "family" | "visitor" | "other";
            since?: string | null;
            until?: string | null;
            note?: string | null;
        };
        HouseMemberPage: {
            total: number;
            rows: components["schemas"]["HouseMember"][];
        };
        Source: {
            id: number;
            site: string;
            enabled: boolean;
            version: number;
            created_at: number;
            updated_at: number;
            code: string;
            name: string;
            type: ("centralised" | "distributed" | "room") | null;
            zone: {
                id: number;
                title: string;
            } | null;
            address: string;
            note: string;
        };
        SourceInput: {
            site: string;
            code: string;
            name: string;
            /** @enum {string} */
            type: "centralised" | "distributed" | "room";
            zone?: number | null;
            address?: string | null;
            note?: string | null;
        };
        SourceChange: {
            version: number;
            code: string;
            name: string;
            /** @enum {string} */
            type: "centralised" | "distributed" | "room";
            zone?: number | null;
            address?: string | null;
            note?: string | null;
        };
        SourcePage: {
            total: number;
            rows: components["schemas"]["Source"][];
        };
        Concentrator: {
            id: number;
            site: string;
            enabled: boolean;
            version: number;
            created_at: number;
            updated_at: number;
            asset_number: string;
            name: string;
            gateway: string;
            source: {
                id: number;
                title: string;
            } | null;
            address: string;
            protocol: string;
            supply_unit: string;
            installed: string | null;
            online: boolean;
            meters: number | null;
            undispatched: number | null;
            pending: number | null;
            note: string;
        };
        ConcentratorInput: {
            site: string;
            asset_number?: string | null;
            name: string;
            gateway: string;
            source?: number | null;
            address?: string | null;
            protocol?: string | null;
            supply_unit?: string | null;
            installed?: string | null;
            note?: string | null;
        };
        ConcentratorChange: {
            version: number;
            asset_number?: string | null;
            name: string;
            source?: number | null;
            address?: string | null;
            protocol?: string | null;
            supply_unit?: string | null;
            installed?: string | null;
            note?: string | null;
        };
        ConcentratorPage: {
            total: number;
            rows: components["schemas"]["Concentrator"][];
        };
        Operator: {
            id: number;
            organisation: {
                id: number;
                title: string;
            };
            enabled: boolean;
            version: number;
            created_at: number;
            updated_at: number;
            name: string;
            number: string;
            contact: string;
            phone: string;
            email: string;
            province: string;
            city: string;
            address: string;
            note: string;
        };
        OperatorInput: {
            organisation?: number;
            name: string;
            contact?: string | null;
            phone?: string | null;
            email?: string | null;
            province?: string | null;
            city?: string | null;
            address?: string | null;
            note?: string | null;
        };
        OperatorChange: {
            version: number;
            name: string;
            contact?: string | null;
            phone?: string | null;
            email?: string | null;
            province?: string | null;
            city?: string | null;
            address?: string | null;
            note?: string | null;
        };
        OperatorPage: {
            total: number;
            rows: components["schemas"]["Operator"][];
        };
        Provider: {
            id: number;
            organisation: {
                id: number;
                title: string;
            };
            enabled: boolean;
            version: number;
            created_at: number;
            updated_at: number;
            name: string;
            number: string;
            contact: string;
            phone: string;
            email: string;
            type: ("company" | "sole_trader" | "person") | null;
            review: ("approved" | "pending" | "rejected") | null;
            review_note: string;
            province: string;
            city: string;
            address: string;
            note: string;
        };
        ProviderInput: {
            organisation?: number;
            name: string;
            contact?: string | null;
            phone: string;
            email?: string | null;
            type?: ("company" | "sole_trader" | "person") | null;
            province?: string | null;
            city?: string | null;
            address?: string | null;
            note?: string | null;
        };
        ProviderChange: {
            version: number;
            name: string;
            contact?: string | null;
            email?: string | null;
            type?: ("company" | "sole_trader" | "person") | null;
            province?: string | null;
            city?: string | null;
            address?: string | null;
            note?: string | null;
        };
        ProviderPage: {
            total: number;
            rows: components["schemas"]["Provider"][];
        };
        Property: {
            id: number;
            organisation: {
                id: number;
                title: string;
            };
            enabled: boolean;
            version: number;
            created_at: number;
            updated_at: number;
            name: string;
            number: string;
            contact: string;
            phone: string;
            email: string;
            province: string;
            city: string;
            address: string;
            sites: number | null;
            note: string;
        };
        PropertyInput: {
            organisation?: number;
            name: string;
            contact?: string | null;
            phone: string;
            email?: string | null;
            province?: string | null;
            city?: string | null;
            address?: string | null;
            note?: string | null;
        };
        PropertyChange: {
            version: number;
            name: string;
            contact?: string | null;
            email?: string | null;
            province?: string | null;
            city?: string | null;
            address?: string | null;
            note?: string | null;
        };
        PropertyPage: {
            total: number;
            rows: components["schemas"]["Property"][];
        };
        Collective: {
            id: number;
            organisation: {
                id: number;
                title: string;
            };
            enabled: boolean;
            version: number;
            created_at: number;
            updated_at: number;
            name: string;
            number: string;
            contact: string;
            phone: string;
            email: string;
            province: string;
            city: string;
            address: string;
            note: string;
        };
        CollectiveInput: {
            organisation?: number;
            name: string;
            contact?: string | null;
            phone?: string | null;
            email?: string | null;
            province?: string | null;
            city?: string | null;
            address?: string | null;
            note?: string | null;
        };
        CollectiveChange: {
            version: number;
            name: string;
            contact?: string | null;
            phone?: string | null;
            email?: string | null;
            province?: string | null;
            city?: string | null;
            address?: string | null;
            note?: string | null;
        };
        CollectivePage: {
            total: number;
            rows: components["schemas"]["Collective"][];
        };
        Merchant: {
            id: number;
            organisation: {
                id: number;
                title: string;
            };
            enabled: boolean;
            version: number;
            created_at: number;
            updated_at: number;
            name: string;
            number: string;
            contact: string;
            phone: string;
            email: string;
            type: ("company" | "sole_trader" | "person") | null;
            category: {
                id: number;
                title: string;
            } | null;
            province: string;
            city: string;
            address: string;
            note: string;
        };
        MerchantInput: {
            organisation?: number;
            name: string;
            contact?: string | null;
            phone?: string | null;
            email?: string | null;
            type?: ("company" | "sole_trader" | "person") | null;
            category?: number | null;
            province?: string | null;
            city?: string | null;
            address?: string | null;
            note?: string | null;
        };
        MerchantChange: {
            version: number;
            name: string;
            contact?: string | null;
            phone?: string | null;
            email?: string | null;
            type?: ("company" | "sole_trader" | "person") | null;
            category?: number | null;
            province?: string | null;
            city?: string | null;
            address?: string | null;
            note?: string | null;
        };
        MerchantPage: {
            total: number;
            rows: components["schemas"]["Merchant"][];
        };
        MerchantCategory: {
            id: number;
            organisation: {
                id: number;
                title: string;
            };
            enabled: boolean;
            version: number;
            created_at: number;
            updated_at: number;
            name: string;
            position: number | null;
            note: string;
        };
        MerchantCategoryInput: {
            organisation?: number;
            name: string;
            position?: number | null;
            note?: string | null;
        };
        MerchantCategoryChange: {
            version: number;
            name: string;
            position?: number | null;
            note?: string | null;
        };
        MerchantCategoryPage: {
            total: number;
            rows: components["schemas"]["MerchantCategory"][];
        };
        User: {
            id: number;
            organisation: {
                id: number;
                title: string;
            };
            enabled: boolean;
            version: number;
            created_at: number;
            updated_at: number;
            login: string;
            name: string;
            kind: ("system" | "operator" | "provider" | "property" | "collective" | "merchant") | null;
            phone: string;
            email: string;
            department: {
                id: number;
                title: string;
            } | null;
            post: {
                id: number;
                title: string;
            } | null;
            role: {
                id: number;
                title: string;
            } | null;
            note: string;
            /** @description drawn; in the answer to create_user only */
            password?: string;
        };
        UserInput: {
            organisation?: number;
            login: string;
            name: string;
            phone?: string | null;
            email?: string | null;
            department?: number | null;
            post?: number | null;
            note?: string | null;
            password?: string;
        };
        UserChange: {
            version: number;
            name: string;
            phone?: string | null;
            email?: string | null;
            department?: number | null;
            post?: number | null;
            note?: string | null;
        };
        UserPage: {
            total: number;
            rows: components["schemas"]["User"][];
        };
        Role: {
            id: number;
            organisation: {
                id: number;
                title: string;
            };
            enabled: boolean;
            version: number;
            created_at: number;
            updated_at: number;
            name: string;
            kind: ("system" | "operator" | "provider" | "property" | "collective" | "merchant") | null;
            scope: ("all" | "company" | "sites" | "department_below" | "department" | "self") | null;
            /** @description codes of GET /permissions */
            permissions: string[];
            note: string;
        };
        RoleInput: {
            organisation?: number;
            name: string;
            /** @enum {string} */
            kind: "system" | "operator" | "provider" | "property" | "collective" | "merchant";
            /** @enum {string} */
            scope: "all" | "company" | "sites" | "department_below" | "department" | "self";
            /** @description codes of GET /permissions */
            permissions: string[];
            note?: string | null;
        };
        RoleChange: {
            version: number;
            name: string;
            /** @enum {string} */
            scope: "all" | "company" | "sites" | "department_below" | "department" | "self";
            /** @description codes of GET /permissions */
            permissions: string[];
            note?: string | null;
        };
        RolePage: {
            total: number;
            rows: components["schemas"]["Role"][];
        };
        Department: {
            id: number;
            organisation: {
                id: number;
                title: string;
            };
            enabled: boolean;
            version: number;
            created_at: number;
            updated_at: number;
            name: string;
            parent: {
                id: number;
                title: string;
            } | null;
            position: number | null;
            head: string;
            phone: string;
            email: string;
        };
        DepartmentInput: {
            organisation?: number;
            name: string;
            parent?: number | null;
            position?: number | null;
            head?: string | null;
            phone?: string | null;
            email?: string | null;
        };
        DepartmentChange: {
            version: number;
            name: string;
            position?: number | null;
            head?: string | null;
            phone?: string | null;
            email?: string | null;
        };
        DepartmentPage: {
            total: number;
            rows: components["schemas"]["Department"][];
        };
        Post: {
            id: number;
            organisation: {
                id: number;
                title: string;
            };
            enabled: boolean;
            version: number;
            created_at: number;
            updated_at: number;
            department: {
                id: number;
                title: string;
            } | null;
            name: string;
            position: number | null;
        };
        PostInput: {
            organisation?: number;
            department: number;
            name: string;
            position?: number | null;
        };
        PostChange: {
            version: number;
            department: number;
            name: string;
            position?: number | null;
        };
        PostPage: {
            total: number;
            rows: components["schemas"]["Post"][];
        };
        UserGroup: {
            id: number;
            site: string;
            enabled: boolean;
            version: number;
            created_at: number;
            updated_at: number;
            name: string;
            note: string;
        };
        UserGroupInput: {
            site: string;
            name: string;
            note?: string | null;
        };
        UserGroupChange: {
            version: number;
            name: string;
            note?: string | null;
        };
        UserGroupPage: {
            total: number;
            rows: components["schemas"]["UserGroup"][];
        };
        GroupMember: {
            id: number;
            site: string;
            enabled: boolean;
            version: number;
            created_at: number;
            updated_at: number;
            user_group: {
                id: number;
                title: string;
            } | null;
            resident: {
                id: number;
                title: string;
            } | null;
            note: string;
        };
        GroupMemberInput: {
            site: string;
            user_group: number;
            resident: number;
            note?: string | null;
        };
        GroupMemberChange: {
            version: number;
            note?: string | null;
        };
        GroupMemberPage: {
            total: number;
            rows: components["schemas"]["GroupMember"][];
        };
        ReadingReportRow: {
            key: string;
            at: components["schemas"]["Time"] | null;
            meter: {
                id: number;
                title: string;
            } | null;
            name: string | null;
            room: string | null;
            utility: ("electricity" | "water" | "hot_water") | null;
            total: components["schemas"]["Quantity"] | null;
            used: components["schemas"]["Quantity"] | null;
            sharp: components["schemas"]["Quantity"] | null;
            peak: components["schemas"]["Quantity"] | null;
            flat: components["schemas"]["Quantity"] | null;
            valley: components["schemas"]["Quantity"] | null;
            kind: ("interval" | "on_demand" | "daily_freeze") | null;
            state: ("used" | "recorded" | "quarantined") | null;
        };
        ReadingReportPage: {
            rows: components["schemas"]["ReadingReportRow"][];
            /** @description where the following page begins: give it as `before`; a page with fewer rows than asked for may have one, so much is looked through at once */
            next: string | null;
            /** @description with next: looked through back to here, where that is known */
            through: components["schemas"]["Time"] | null;
            /** @description what was read before it went, because it was older than keep_readings_days */
            since: components["schemas"]["Time"] | null;
        };
        ReadingReportTotals: {
            /** @description more than 200000 rows: no sums */
            over: boolean;
            rows?: number;
            sums?: {
                used: components["schemas"]["Quantity"] | null;
            };
        };
        MeterReportRow: {
            key: string;
            meter: {
                id: number;
                title: string;
            } | null;
            name: string | null;
            room: string | null;
            utility: ("electricity" | "water" | "hot_water") | null;
            address: string | null;
            gateway: string | null;
            mode: ("prepaid" | "reading") | null;
            relay: ("unknown" | "closed" | "open" | "opening" | "awaiting_button") | null;
            online: ("online" | "offline") | null;
            balance: components["schemas"]["Money"] | null;
            left: components["schemas"]["Quantity"] | null;
            total: components["schemas"]["Quantity"] | null;
            sharp: components["schemas"]["Quantity"] | null;
            peak: components["schemas"]["Quantity"] | null;
            flat: components["schemas"]["Quantity"] | null;
            valley: components["schemas"]["Quantity"] | null;
            today: components["schemas"]["Quantity"] | null;
            plan: string | null;
            price: components["schemas"]["Price"] | null;
            alarm_1: components["schemas"]["Money"] | null;
            alarm_2: components["schemas"]["Money"] | null;
            overdraft: components["schemas"]["Money"] | null;
            read: components["schemas"]["Time"] | null;
        };
        MeterReportPage: {
            rows: components["schemas"]["MeterReportRow"][];
            /** @description where the following page begins: give it as `before`; a page with fewer rows than asked for may have one, so much is looked through at once */
            next: string | null;
            /** @description with next: looked through back to here, where that is known */
            through: components["schemas"]["Time"] | null;
            /** @description what was read before it went, because it was older than keep_readings_days */
            since: components["schemas"]["Time"] | null;
        };
        MeterReportTotals: {
            /** @description more than 200000 rows: no sums */
            over: boolean;
            rows?: number;
            sums?: {
                balance: components["schemas"]["Money"] | null;
                today: components["schemas"]["Quantity"] | null;
            };
        };
        PaymentReportRow: {
            key: string;
            meter: {
                id: number;
                title: string;
            } | null;
            user: string | null;
            user_kind: "member" | null;
            due: components["schemas"]["Money"] | null;
            paid: components["schemas"]["Money"] | null;
            price: components["schemas"]["Price"] | null;
            income: components["schemas"]["Money"] | null;
            fee: components["schemas"]["Money"] | null;
            bought: components["schemas"]["Quantity"] | null;
            before: components["schemas"]["Quantity"] | null;
            after: components["schemas"]["Quantity"] | null;
            left: components["schemas"]["Quantity"] | null;
            state: ("paid" | "closed") | null;
            at: components["schemas"]["Time"] | null;
            room: string | null;
            utility: ("electricity" | "water" | "hot_water") | null;
            method: ("cash" | "transfer" | "wechat" | "alipay" | "free") | null;
            by: string | null;
        };
        PaymentReportPage: {
            rows: components["schemas"]["PaymentReportRow"][];
            /** @description where the following page begins: give it as `before`; a page with fewer rows than asked for may have one, so much is looked through at once */
            next: string | null;
            /** @description with next: looked through back to here, where that is known */
            through: components["schemas"]["Time"] | null;
            /** @description what was read before it went, because it was older than keep_readings_days */
            since: components["schemas"]["Time"] | null;
        };
        PaymentReportTotals: {
            /** @description more than 200000 rows: no sums */
            over: boolean;
            rows?: number;
            sums?: {
                due: components["schemas"]["Money"] | null;
                paid: components["schemas"]["Money"] | null;
                income: components["schemas"]["Money"] | null;
            };
        };
        EnergyReportRow: {
            key: string;
            day: string | null;
            meter: {
                id: number;
                title: string;
            } | null;
            name: string | null;
            room: string | null;
            utility: ("electricity" | "water" | "hot_water") | null;
            used: components["schemas"]["Quantity"] | null;
            cost: components["schemas"]["Money"] | null;
            register: components["schemas"]["Quantity"] | null;
        };
        EnergyReportPage: {
            rows: components["schemas"]["EnergyReportRow"][];
            /** @description where the following page begins: give it as `before`; a page with fewer rows than asked for may have one, so much is looked through at once */
            next: string | null;
            /** @description with next: looked through back to here, where that is known */
            through: components["schemas"]["Time"] | null;
            /** @description what was read before it went, because it was older than keep_readings_days */
            since: components["schemas"]["Time"] | null;
        };
        EnergyReportTotals: {
            /** @description more than 200000 rows: no sums */
            over: boolean;
            rows?: number;
            sums?: {
                used: components["schemas"]["Quantity"] | null;
                cost: components["schemas"]["Money"] | null;
            };
        };
        BillReportRow: {
            key: string;
            month: string | null;
            meter: {
                id: number;
                title: string;
            } | null;
            name: string | null;
            room: string | null;
            utility: ("electricity" | "water" | "hot_water") | null;
            from: components["schemas"]["Quantity"] | null;
            to: components["schemas"]["Quantity"] | null;
            used: components["schemas"]["Quantity"] | null;
            cost: components["schemas"]["Money"] | null;
            due: components["schemas"]["Money"] | null;
            owed: components["schemas"]["Money"] | null;
            state: ("due" | "settled") | null;
        };
        BillReportPage: {
            rows: components["schemas"]["BillReportRow"][];
            /** @description where the following page begins: give it as `before`; a page with fewer rows than asked for may have one, so much is looked through at once */
            next: string | null;
            /** @description with next: looked through back to here, where that is known */
            through: components["schemas"]["Time"] | null;
            /** @description what was read before it went, because it was older than keep_readings_days */
            since: components["schemas"]["Time"] | null;
        };
        BillReportTotals: {
            /** @description more than 200000 rows: no sums */
            over: boolean;
            rows?: number;
            sums?: {
                used: components["schemas"]["Quantity"] | null;
                cost: components["schemas"]["Money"] | null;
                due: components["schemas"]["Money"] | null;
            };
        };
        SwitchReportRow: {
            key: string;
            at: components["schemas"]["Time"] | null;
            meter: {
                id: number;
                title: string;
            } | null;
            name: string | null;
            room: string | null;
            utility: ("electricity" | "water" | "hot_water") | null;
            kind: ("trip" | "close") | null;
            state: ("queued" | "sent" | "acked" | "verified" | "failed" | "expired" | "cancelled") | null;
            done: components["schemas"]["Time"] | null;
            cause: ("forced" | "arrears" | "recharged" | "reconcile" | "person" | "stale_reading" | "scheduled" | "fee") | null;
            by: string | null;
            note: string | null;
        };
        SwitchReportPage: {
            rows: components["schemas"]["SwitchReportRow"][];
            /** @description where the following page begins: give it as `before`; a page with fewer rows than asked for may have one, so much is looked through at once */
            next: string | null;
            /** @description with next: looked through back to here, where that is known */
            through: components["schemas"]["Time"] | null;
            /** @description what was read before it went, because it was older than keep_readings_days */
            since: components["schemas"]["Time"] | null;
        };
        OrderReportRow: {
            key: string;
            at: components["schemas"]["Time"] | null;
            meter: {
                id: number;
                title: string;
            } | null;
            name: string | null;
            room: string | null;
            utility: ("electricity" | "water" | "hot_water") | null;
            kind: ("trip" | "close" | "keep_power_on" | "keep_power_off" | "read" | "set_clock" | "clear" | "temperature_valve_open" | "temperature_valve_close" | "automatic_on" | "automatic_off") | null;
            state: ("queued" | "sent" | "acked" | "verified" | "failed" | "expired" | "cancelled") | null;
            cause: ("forced" | "arrears" | "recharged" | "reconcile" | "person" | "stale_reading" | "scheduled" | "fee") | null;
            attempts: number | null;
            done: components["schemas"]["Time"] | null;
            reason: string | null;
            by: string | null;
            note: string | null;
        };
        OrderReportPage: {
            rows: components["schemas"]["OrderReportRow"][];
            /** @description where the following page begins: give it as `before`; a page with fewer rows than asked for may have one, so much is looked through at once */
            next: string | null;
            /** @description with next: looked through back to here, where that is known */
            through: components["schemas"]["Time"] | null;
            /** @description what was read before it went, because it was older than keep_readings_days */
            since: components["schemas"]["Time"] | null;
        };
        FreezeReportRow: {
            key: string;
            source: string | null;
            room: string | null;
            meter: {
                id: number;
                title: string;
            } | null;
            name: string | null;
            utility: ("electricity" | "water" | "hot_water") | null;
            terminal: string | null;
            terminal_number: string | null;
            total: components["schemas"]["Quantity"] | null;
            sharp: components["schemas"]["Quantity"] | null;
            peak: components["schemas"]["Quantity"] | null;
            flat: components["schemas"]["Quantity"] | null;
            valley: components["schemas"]["Quantity"] | null;
            day: string | null;
            at: components["schemas"]["Time"] | null;
            state: ("collected" | "missing") | null;
        };
        FreezeReportPage: {
            rows: components["schemas"]["FreezeReportRow"][];
            /** @description where the following page begins: give it as `before`; a page with fewer rows than asked for may have one, so much is looked through at once */
            next: string | null;
            /** @description with next: looked through back to here, where that is known */
            through: components["schemas"]["Time"] | null;
            /** @description what was read before it went, because it was older than keep_readings_days */
            since: components["schemas"]["Time"] | null;
        };
        SettlementReportRow: {
            key: string;
            at: components["schemas"]["Time"] | null;
            meter: {
                id: number;
                title: string;
            } | null;
            name: string | null;
            room: string | null;
            utility: ("electricity" | "water" | "hot_water") | null;
            from: components["schemas"]["Quantity"] | null;
            to: components["schemas"]["Quantity"] | null;
            used: components["schemas"]["Quantity"] | null;
            fee: components["schemas"]["Money"] | null;
            recharged: components["schemas"]["Money"] | null;
            adjusted: components["schemas"]["Money"] | null;
            refund: components["schemas"]["Money"] | null;
            method: ("cash" | "transfer" | "wechat" | "alipay" | "free") | null;
            end: ("settled" | "closed") | null;
            by: string | null;
            note: string | null;
        };
        SettlementReportPage: {
            rows: components["schemas"]["SettlementReportRow"][];
            /** @description where the following page begins: give it as `before`; a page with fewer rows than asked for may have one, so much is looked through at once */
            next: string | null;
            /** @description with next: looked through back to here, where that is known */
            through: components["schemas"]["Time"] | null;
            /** @description what was read before it went, because it was older than keep_readings_days */
            since: components["schemas"]["Time"] | null;
        };
        SettlementReportTotals: {
            /** @description more than 200000 rows: no sums */
            over: boolean;
            rows?: number;
            sums?: {
                fee: components["schemas"]["Money"] | null;
                recharged: components["schemas"]["Money"] | null;
                adjusted: components["schemas"]["Money"] | null;
                refund: components["schemas"]["Money"] | null;
            };
        };
        RefundReportRow: {
            key: string;
            at: components["schemas"]["Time"] | null;
            meter: {
                id: number;
                title: string;
            } | null;
            name: string | null;
            room: string | null;
            utility: ("electricity" | "water" | "hot_water") | null;
            kind: ("refund" | "collected" | "adjustment" | "fee") | null;
            amount: components["schemas"]["Money"] | null;
            method: ("cash" | "transfer" | "wechat" | "alipay" | "free") | null;
            by: string | null;
            note: string | null;
        };
        RefundReportPage: {
            rows: components["schemas"]["RefundReportRow"][];
            /** @description where the following page begins: give it as `before`; a page with fewer rows than asked for may have one, so much is looked through at once */
            next: string | null;
            /** @description with next: looked through back to here, where that is known */
            through: components["schemas"]["Time"] | null;
            /** @description what was read before it went, because it was older than keep_readings_days */
            since: components["schemas"]["Time"] | null;
        };
        RefundReportTotals: {
            /** @description more than 200000 rows: no sums */
            over: boolean;
            rows?: number;
            sums?: {
                amount: components["schemas"]["Money"] | null;
            };
        };
        ClearingReportRow: {
            key: string;
            at: components["schemas"]["Time"] | null;
            meter: {
                id: number;
                title: string;
            } | null;
            name: string | null;
            room: string | null;
            utility: ("electricity" | "water" | "hot_water") | null;
            kind: ("clear" | "replace" | "typed") | null;
            before: components["schemas"]["Quantity"] | null;
            after: components["schemas"]["Quantity"] | null;
            billed: components["schemas"]["Quantity"] | null;
            cost: components["schemas"]["Money"] | null;
            by: string | null;
            note: string | null;
        };
        ClearingReportPage: {
            rows: components["schemas"]["ClearingReportRow"][];
            /** @description where the following page begins: give it as `before`; a page with fewer rows than asked for may have one, so much is looked through at once */
            next: string | null;
            /** @description with next: looked through back to here, where that is known */
            through: components["schemas"]["Time"] | null;
            /** @description what was read before it went, because it was older than keep_readings_days */
            since: components["schemas"]["Time"] | null;
        };
        ClearingReportTotals: {
            /** @description more than 200000 rows: no sums */
            over: boolean;
            rows?: number;
            sums?: {
                cost: components["schemas"]["Money"] | null;
            };
        };
        ConnectionReportRow: {
            key: string;
            at: components["schemas"]["Time"] | null;
            kind: ("gateway" | "meter") | null;
            name: string | null;
            number: string | null;
            serial: string | null;
            state: ("online" | "offline") | null;
            gateway: string | null;
            room: string | null;
        };
        ConnectionReportPage: {
            rows: components["schemas"]["ConnectionReportRow"][];
            /** @description where the following page begins: give it as `before`; a page with fewer rows than asked for may have one, so much is looked through at once */
            next: string | null;
            /** @description with next: looked through back to here, where that is known */
            through: components["schemas"]["Time"] | null;
            /** @description what was read before it went, because it was older than keep_readings_days */
            since: components["schemas"]["Time"] | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    get_health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    log_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Credentials"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    log_out: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    change_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_home: {
        parameters: {
            query?: {
                site?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Home"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_sites: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Site"][];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_projects: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"][];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_meters: {
        parameters: {
            query?: {
                site?: string;
                search?: string;
                sort?: "id" | "-id" | "name" | "-name" | "room" | "-room" | "address" | "-address" | "device" | "-device";
                mode?: components["schemas"]["MeterMode"];
                relay?: components["schemas"]["Relay"];
                reachable?: boolean;
                account_state?: "normal" | "low_1" | "low_2" | "arrears";
                gateway?: string;
                house?: number;
                source?: number;
                source_code?: string;
                zone?: number;
                page?: number;
                page_size?: number;
                kind?: components["schemas"]["MeterKind"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeterPage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    register_meter: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MeterRegistration"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Meter"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    export_meters: {
        parameters: {
            query?: {
                search?: string;
                mode?: components["schemas"]["MeterMode"];
                relay?: components["schemas"]["Relay"];
                reachable?: boolean;
                account_state?: "normal" | "low_1" | "low_2" | "arrears";
                gateway?: string;
                house?: number;
                source?: number;
                source_code?: string;
                zone?: number;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
                kind?: components["schemas"]["MeterKind"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the rows of the same query, up to 10 000 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description more than 10 000 rows: a job writes the file */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_meter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                meter: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Meter"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    remove_meter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                meter: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    dispatch_meter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                meter: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Meter"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    withdraw_meter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                meter: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description a household has its account, and what it uses is not billed until the meter is dispatched again; refused with needs_confirmation without this */
                    confirmed?: boolean;
                };
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Meter"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    change_meter_device: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                meter: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MeterDevice"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Meter"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    change_meter_settings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                meter: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MeterSettings"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Meter"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    change_meter_price_plan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                meter: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlanChoice"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Meter"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_readings: {
        parameters: {
            query?: {
                before?: number;
                limit?: number;
            };
            header?: never;
            path: {
                meter: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadingPage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    accept_reading: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                meter: number;
                reading: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReadingAcceptance"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Meter"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_ledger: {
        parameters: {
            query?: {
                before?: number;
                limit?: number;
                kind?: "deduction" | "recharge" | "correction";
            };
            header?: never;
            path: {
                meter: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedgerPage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_notices: {
        parameters: {
            query?: {
                before?: number;
                limit?: number;
            };
            header?: never;
            path: {
                meter: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticePage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_consumption: {
        parameters: {
            query?: {
                step?: "hour" | "day";
                from?: components["schemas"]["Time"];
                to?: components["schemas"]["Time"];
            };
            header?: never;
            path: {
                meter: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Consumption"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_commands: {
        parameters: {
            query?: {
                before?: string;
                limit?: number;
                /** @description false leaves out those that only looked at momentary values */
                live?: boolean;
            };
            header?: never;
            path: {
                meter: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandPage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    order_command: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                meter: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CommandOrder"];
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandRow"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    recharge: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                meter: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RechargeOrder"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RechargeResult"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_command: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                command: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandRow"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    cancel_command: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                command: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandRow"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_price_plans: {
        parameters: {
            query?: {
                search?: string;
                utility?: components["schemas"]["Utility"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PricePlan"][];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_price_plan: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PricePlanInput"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PricePlan"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    change_price_plan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                plan: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PricePlanInput"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PricePlan"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_gateways: {
        parameters: {
            query?: {
                site?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayRow"][];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_gateway: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GatewayRegistration"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayCreated"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_gateway: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gateway: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Gateway"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_found_devices: {
        parameters: {
            query?: {
                dismissed?: boolean;
            };
            header?: never;
            path: {
                gateway: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FoundDevice"][];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    dismiss_found_device: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gateway: string;
                found: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    dismissed: boolean;
                };
            };
        };
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_enrolment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gateway: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnrolmentNow"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_enrolment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gateway: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnrolmentMade"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    cancel_enrolment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gateway: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    revoke_gateway: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gateway: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RevocationInput"];
            };
        };
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    order_upgrade: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gateway: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpgradeInput"];
            };
        };
        responses: {
            /** @description ordered; a repeat of the order's id answers the same order */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Upgrade"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    withdraw_upgrade: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gateway: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_releases: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Release"][];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    upload_release: {
        parameters: {
            query?: {
                note?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description it was here already */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Release"];
                };
            };
            /** @description kept */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Release"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    remove_release: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                release: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    redeem_enrolment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EnrolmentInput"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Enrolment"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_alarms: {
        parameters: {
            query?: {
                site?: string;
                active?: boolean;
                meter?: number;
                /** @description part of the meter's name, room or address, of the gateway, line or detail */
                search?: string;
                code?: string;
                /** @description raised at or after */
                from?: number;
                /** @description raised before */
                to?: number;
                page?: number;
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlarmPage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    clear_alarm: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                alarm: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AlarmClearing"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alarm"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_inbox: {
        parameters: {
            query?: {
                unread?: boolean;
                page?: number;
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InboxPage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    read_inbox: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InboxSeen"];
            };
        };
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    read_inbox_row: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_messages: {
        parameters: {
            query?: {
                site?: string;
                state?: components["schemas"]["DeliveryState"];
                channel?: "sms" | "mail";
                kind?: components["schemas"]["MessageKind"];
                /** @description made at or after */
                from?: number;
                /** @description made before */
                to?: number;
                page?: number;
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryPage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    resend_message: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                message: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    test_message: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MessageTest"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_meter_messages: {
        parameters: {
            query?: {
                page?: number;
                page_size?: number;
            };
            header?: never;
            path: {
                meter: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryPage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_subscribers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                meter: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Subscribers"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    change_subscribers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                meter: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubscribersInput"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Subscribers"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_announcements: {
        parameters: {
            query?: {
                page?: number;
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnnouncementPage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    announce: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnnouncementInput"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnnouncementCount"];
                };
            };
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Announcement"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_sms_packages: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SmsStock"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    buy_sms_package: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SmsPackageInput"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SmsPackage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_audit: {
        parameters: {
            query?: {
                /** @description part of who, address, object or detail, or of the meter's name or address */
                search?: string;
                /** @description an operationId */
                action?: string;
                /** @description written at or after */
                from?: number;
                /** @description written before */
                to?: number;
                page?: number;
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    export_audit: {
        parameters: {
            query?: {
                /** @description part of who, address, object or detail, or of the meter's name or address */
                search?: string;
                /** @description an operationId */
                action?: string;
                /** @description written at or after */
                from?: number;
                /** @description written before */
                to?: number;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the rows of the same query, up to 10 000 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description more than 10 000 rows: a job writes the file */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_openapi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    open_events: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the WebSocket is open */
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_jobs: {
        parameters: {
            query?: {
                /** @description only those that wait or run */
                open?: boolean;
                page?: number;
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobPage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_job: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    remove_job: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_job_file: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    cancel_job: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_catalog: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Catalog"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    enter_organisation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrganisationChoice"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    register_provider: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Registration"];
            };
        };
        responses: {
            /** @description taken */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_organisation_tree: {
        parameters: {
            query?: {
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrganisationTree"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    approve_provider: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DrawnLogin"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    reject_provider: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReviewNote"];
            };
        };
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_properties: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PropertyBatch"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedRows"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    search_desk: {
        parameters: {
            query: {
                search: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Desk"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_house_overview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                house: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HouseOverview"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_room_meters: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoomMeters"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    move_meter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                meter: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MeterRoom"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Meter"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_prepaid_sources: {
        parameters: {
            query?: {
                search?: string;
                type?: "centralised" | "distributed" | "room";
                zone?: number;
                site?: string;
                page?: number;
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PrepaidSourcePage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    import_source: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourceImport"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    take_out_source: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_reports: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportList"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_energy: {
        parameters: {
            query?: {
                /** @description code of the community; all of them without it */
                site?: string;
                /** @description a month in days, a year in months, ten years in years */
                step?: "day" | "month" | "year";
                /** @description YYYYMM for days, otherwise YYYY; without it the running one */
                period?: number;
                utility?: components["schemas"]["Utility"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnergyAnalysis"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    change_profile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    phone?: string;
                    email?: string;
                };
            };
        };
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnSettings"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    change_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OwnSettings"];
            };
        };
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_permissions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PermissionGroup"][];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_user_rights: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserRights"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    change_user_roles: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    roles: number[];
                    /** @description the list as the caller saw it; 409 conflict without a field when it is another one by now */
                    was: number[];
                };
            };
        };
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    change_user_sites: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    sites: string[];
                    /** @description the list as the caller saw it; 409 conflict without a field when it is another one by now */
                    was: string[];
                };
            };
        };
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    reset_password: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        password: string;
                    };
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_role_users: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                role: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        name: string;
                    }[];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    change_role_users: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                role: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    users: number[];
                    /** @description the list as the caller saw it; 409 conflict without a field when it is another one by now */
                    was: number[];
                };
            };
        };
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_department_sites: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                department: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        sites: string[];
                    };
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    change_department_sites: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                department: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    sites: string[];
                    /** @description the list as the caller saw it; 409 conflict without a field when it is another one by now */
                    was: string[];
                };
            };
        };
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_price_versions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                plan: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["PriceVersion"][];
                    };
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_meter_price_plans: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                meter: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["MeterPricePlan"][];
                    };
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_calculation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                meter: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Calculation"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_openings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                meter: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["Opening"][];
                    };
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    open_household: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                meter: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpeningInput"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Opening"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_settlements: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                meter: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["Settlement"][];
                    };
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    settle_household: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                meter: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettlementInput"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settlement"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_adjustments: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                meter: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["Adjustment"][];
                    };
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    adjust_balance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                meter: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AdjustmentInput"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Adjustment"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_register_changes: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                meter: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["RegisterChange"][];
                    };
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    change_register: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                meter: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegisterChangeInput"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegisterChange"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    change_switch_schedule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                meter: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SwitchSchedule"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Meter"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    change_annual_fee: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                meter: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnnualFeeInput"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Meter"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_fee_payments: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                meter: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["FeePayment"][];
                    };
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    pay_annual_fee: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                meter: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FeePaymentInput"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FeePayment"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_bound_users: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                meter: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BoundUsers"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    unbind_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                meter: number;
                binding: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    share_meter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                meter: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ShareInput"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShareMade"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    revoke_share: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                meter: number;
                share: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    look_at_share: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ShareCode"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SharedMeter"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_my_meters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyMeterRow"][];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    bind_meter: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BindingInput"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyBinding"];
                };
            };
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyBinding"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_my_account: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyAccount"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    change_my_account: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MyAccountInput"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyAccount"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    end_my_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_my_meter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                binding: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyMeter"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    leave_my_meter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                binding: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_my_use: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                binding: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyUse"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_my_records: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                binding: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyRecords"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_my_messages: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                binding: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyMessages"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_communities: {
        parameters: {
            query?: {
                site?: string;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                kind?: "residential" | "apartment" | "office" | "business" | "school";
                sort?: "name" | "-name" | "code" | "-code" | "province" | "-province" | "city" | "-city";
                page?: number;
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommunityPage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_community: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CommunityInput"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Community"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    export_community: {
        parameters: {
            query?: {
                site?: string;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                kind?: "residential" | "apartment" | "office" | "business" | "school";
                sort?: "name" | "-name" | "code" | "-code" | "province" | "-province" | "city" | "-city";
                page?: number;
                page_size?: number;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description more than 10 000 rows: a job writes the file */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    reveal_community: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                community: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Community"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_community: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                community: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Community"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    change_community: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                community: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CommunityChange"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Community"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    remove_community: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                community: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    enable_community: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                community: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Community"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    disable_community: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                community: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Community"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_areas: {
        parameters: {
            query?: {
                site?: string;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                sort?: "name" | "-name";
                page?: number;
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AreaPage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_area: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AreaInput"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Area"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    export_area: {
        parameters: {
            query?: {
                site?: string;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                sort?: "name" | "-name";
                page?: number;
                page_size?: number;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description more than 10 000 rows: a job writes the file */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    template_area: {
        parameters: {
            query?: {
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    upload_area: {
        parameters: {
            query: {
                site: string;
                dry_run?: boolean;
                update?: boolean;
                name?: string;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description the file itself, at most 20 MB */
        requestBody: {
            content: {
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                "text/csv": string;
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_area: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                area: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Area"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    change_area: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                area: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AreaChange"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Area"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    remove_area: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                area: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    enable_area: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                area: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Area"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    disable_area: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                area: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Area"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_buildings: {
        parameters: {
            query?: {
                site?: string;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                with_units?: boolean;
                sort?: "number" | "-number" | "name" | "-name";
                page?: number;
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BuildingPage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_building: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BuildingInput"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Building"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    export_building: {
        parameters: {
            query?: {
                site?: string;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                with_units?: boolean;
                sort?: "number" | "-number" | "name" | "-name";
                page?: number;
                page_size?: number;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description more than 10 000 rows: a job writes the file */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    template_building: {
        parameters: {
            query?: {
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    upload_building: {
        parameters: {
            query: {
                site: string;
                dry_run?: boolean;
                update?: boolean;
                name?: string;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description the file itself, at most 20 MB */
        requestBody: {
            content: {
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                "text/csv": string;
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_building: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                building: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Building"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    change_building: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                building: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BuildingChange"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Building"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    remove_building: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                building: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    enable_building: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                building: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Building"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    disable_building: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                building: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Building"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_units: {
        parameters: {
            query?: {
                site?: string;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                building?: number;
                sort?: "number" | "-number";
                page?: number;
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnitPage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_unit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UnitInput"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Unit"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    export_unit: {
        parameters: {
            query?: {
                site?: string;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                building?: number;
                sort?: "number" | "-number";
                page?: number;
                page_size?: number;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description more than 10 000 rows: a job writes the file */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    template_unit: {
        parameters: {
            query?: {
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    upload_unit: {
        parameters: {
            query: {
                site: string;
                dry_run?: boolean;
                update?: boolean;
                name?: string;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description the file itself, at most 20 MB */
        requestBody: {
            content: {
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                "text/csv": string;
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_unit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                unit: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Unit"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    change_unit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                unit: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UnitChange"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Unit"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    remove_unit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                unit: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    enable_unit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                unit: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Unit"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    disable_unit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                unit: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Unit"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_house_types: {
        parameters: {
            query?: {
                site?: string;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                sort?: "name" | "-name" | "rate" | "-rate";
                page?: number;
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HouseTypePage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_house_type: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HouseTypeInput"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HouseType"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    export_house_type: {
        parameters: {
            query?: {
                site?: string;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                sort?: "name" | "-name" | "rate" | "-rate";
                page?: number;
                page_size?: number;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description more than 10 000 rows: a job writes the file */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    template_house_type: {
        parameters: {
            query?: {
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    upload_house_type: {
        parameters: {
            query: {
                site: string;
                dry_run?: boolean;
                update?: boolean;
                name?: string;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description the file itself, at most 20 MB */
        requestBody: {
            content: {
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                "text/csv": string;
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_house_type: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                house_type: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HouseType"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    change_house_type: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                house_type: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HouseTypeChange"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HouseType"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    remove_house_type: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                house_type: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    enable_house_type: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                house_type: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HouseType"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    disable_house_type: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                house_type: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HouseType"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_houses: {
        parameters: {
            query?: {
                site?: string;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                building?: number;
                unit?: number;
                type?: number;
                zone?: number;
                sort?: "number" | "-number" | "area" | "-area" | "owner" | "-owner";
                page?: number;
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HousePage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_house: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HouseInput"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["House"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    export_house: {
        parameters: {
            query?: {
                site?: string;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                building?: number;
                unit?: number;
                type?: number;
                zone?: number;
                sort?: "number" | "-number" | "area" | "-area" | "owner" | "-owner";
                page?: number;
                page_size?: number;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description more than 10 000 rows: a job writes the file */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    template_house: {
        parameters: {
            query?: {
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    upload_house: {
        parameters: {
            query: {
                site: string;
                dry_run?: boolean;
                update?: boolean;
                name?: string;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description the file itself, at most 20 MB */
        requestBody: {
            content: {
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                "text/csv": string;
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    reveal_house: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                house: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["House"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_house: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                house: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["House"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    change_house: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                house: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HouseChange"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["House"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    remove_house: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                house: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    enable_house: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                house: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["House"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    disable_house: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                house: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["House"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_contacts: {
        parameters: {
            query?: {
                site?: string;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                sort?: "department" | "-department" | "name" | "-name" | "position" | "-position";
                page?: number;
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactPage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_contact: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactInput"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    export_contact: {
        parameters: {
            query?: {
                site?: string;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                sort?: "department" | "-department" | "name" | "-name" | "position" | "-position";
                page?: number;
                page_size?: number;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description more than 10 000 rows: a job writes the file */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    template_contact: {
        parameters: {
            query?: {
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    upload_contact: {
        parameters: {
            query: {
                site: string;
                dry_run?: boolean;
                update?: boolean;
                name?: string;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description the file itself, at most 20 MB */
        requestBody: {
            content: {
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                "text/csv": string;
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_contact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    change_contact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactChange"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    remove_contact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    enable_contact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    disable_contact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_rooms: {
        parameters: {
            query?: {
                site?: string;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                zone?: number;
                house?: number;
                source?: number;
                sort?: "name" | "-name" | "number" | "-number";
                page?: number;
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoomPage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_room: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoomInput"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Room"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    export_room: {
        parameters: {
            query?: {
                site?: string;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                zone?: number;
                house?: number;
                source?: number;
                sort?: "name" | "-name" | "number" | "-number";
                page?: number;
                page_size?: number;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description more than 10 000 rows: a job writes the file */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    template_room: {
        parameters: {
            query?: {
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    upload_room: {
        parameters: {
            query: {
                site: string;
                dry_run?: boolean;
                update?: boolean;
                name?: string;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description the file itself, at most 20 MB */
        requestBody: {
            content: {
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                "text/csv": string;
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_room: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Room"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    change_room: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoomChange"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Room"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    remove_room: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    enable_room: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Room"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    disable_room: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Room"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_residents: {
        parameters: {
            query?: {
                site?: string;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                type?: "owner" | "tenant" | "family" | "visitor" | "other";
                moved_in_from?: string;
                moved_in_to?: string;
                moved_out_from?: string;
                moved_out_to?: string;
                sort?: "name" | "-name" | "moved_in" | "-moved_in" | "moved_out" | "-moved_out";
                page?: number;
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResidentPage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_resident: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResidentInput"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Resident"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    export_resident: {
        parameters: {
            query?: {
                site?: string;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                type?: "owner" | "tenant" | "family" | "visitor" | "other";
                moved_in_from?: string;
                moved_in_to?: string;
                moved_out_from?: string;
                moved_out_to?: string;
                sort?: "name" | "-name" | "moved_in" | "-moved_in" | "moved_out" | "-moved_out";
                page?: number;
                page_size?: number;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description more than 10 000 rows: a job writes the file */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    template_resident: {
        parameters: {
            query?: {
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    upload_resident: {
        parameters: {
            query: {
                site: string;
                dry_run?: boolean;
                update?: boolean;
                name?: string;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description the file itself, at most 20 MB */
        requestBody: {
            content: {
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                "text/csv": string;
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    reveal_resident: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                resident: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Resident"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_resident: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                resident: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Resident"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    change_resident: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                resident: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResidentChange"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Resident"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    remove_resident: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                resident: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    enable_resident: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                resident: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Resident"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    disable_resident: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                resident: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Resident"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_house_members: {
        parameters: {
            query?: {
                site?: string;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                house?: number;
                resident?: number;
                relation?: "owner" | "tenant" | "family" | "visitor" | "other";
                since_from?: string;
                since_to?: string;
                until_from?: string;
                until_to?: string;
                sort?: "since" | "-since" | "until" | "-until";
                page?: number;
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HouseMemberPage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_house_member: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HouseMemberInput"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HouseMember"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    export_house_member: {
        parameters: {
            query?: {
                site?: string;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                house?: number;
                resident?: number;
                relation?: "owner" | "tenant" | "family" | "visitor" | "other";
                since_from?: string;
                since_to?: string;
                until_from?: string;
                until_to?: string;
                sort?: "since" | "-since" | "until" | "-until";
                page?: number;
                page_size?: number;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description more than 10 000 rows: a job writes the file */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    template_house_member: {
        parameters: {
            query?: {
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    upload_house_member: {
        parameters: {
            query: {
                site: string;
                dry_run?: boolean;
                update?: boolean;
                name?: string;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description the file itself, at most 20 MB */
        requestBody: {
            content: {
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                "text/csv": string;
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    reveal_house_member: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                house_member: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HouseMember"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_house_member: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                house_member: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HouseMember"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    change_house_member: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                house_member: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HouseMemberChange"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HouseMember"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    remove_house_member: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                house_member: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    enable_house_member: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                house_member: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HouseMember"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    disable_house_member: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                house_member: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HouseMember"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_sources: {
        parameters: {
            query?: {
                site?: string;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                type?: "centralised" | "distributed" | "room";
                zone?: number;
                sort?: "code" | "-code" | "name" | "-name";
                page?: number;
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourcePage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_source: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SourceInput"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Source"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    export_source: {
        parameters: {
            query?: {
                site?: string;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                type?: "centralised" | "distributed" | "room";
                zone?: number;
                sort?: "code" | "-code" | "name" | "-name";
                page?: number;
                page_size?: number;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description more than 10 000 rows: a job writes the file */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    template_source: {
        parameters: {
            query?: {
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    upload_source: {
        parameters: {
            query: {
                site: string;
                dry_run?: boolean;
                update?: boolean;
                name?: string;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description the file itself, at most 20 MB */
        requestBody: {
            content: {
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                "text/csv": string;
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_source: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Source"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    change_source: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SourceChange"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Source"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    remove_source: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    enable_source: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Source"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    disable_source: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Source"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_concentrators: {
        parameters: {
            query?: {
                site?: string;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                source?: number;
                online?: boolean;
                sort?: "asset_number" | "-asset_number" | "name" | "-name";
                page?: number;
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConcentratorPage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_concentrator: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConcentratorInput"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Concentrator"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    export_concentrator: {
        parameters: {
            query?: {
                site?: string;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                source?: number;
                online?: boolean;
                sort?: "asset_number" | "-asset_number" | "name" | "-name";
                page?: number;
                page_size?: number;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description more than 10 000 rows: a job writes the file */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    template_concentrator: {
        parameters: {
            query?: {
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    upload_concentrator: {
        parameters: {
            query: {
                site: string;
                dry_run?: boolean;
                update?: boolean;
                name?: string;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description the file itself, at most 20 MB */
        requestBody: {
            content: {
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                "text/csv": string;
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_concentrator: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                concentrator: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Concentrator"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    change_concentrator: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                concentrator: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConcentratorChange"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Concentrator"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    remove_concentrator: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                concentrator: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    enable_concentrator: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                concentrator: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Concentrator"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    disable_concentrator: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                concentrator: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Concentrator"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_operators: {
        parameters: {
            query?: {
                organisation?: number;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                sort?: "name" | "-name" | "number" | "-number";
                page?: number;
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperatorPage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_operator: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OperatorInput"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operator"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    export_operator: {
        parameters: {
            query?: {
                organisation?: number;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                sort?: "name" | "-name" | "number" | "-number";
                page?: number;
                page_size?: number;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description more than 10 000 rows: a job writes the file */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    reveal_operator: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                operator: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operator"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_operator: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                operator: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operator"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    change_operator: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                operator: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OperatorChange"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operator"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    remove_operator: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                operator: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    enable_operator: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                operator: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operator"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    disable_operator: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                operator: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operator"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_operator_account: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                operator: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountInput"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DrawnLogin"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_operator_accounts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                operator: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accounts"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_operator_statistics: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                operator: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrganisationStatistics"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_providers: {
        parameters: {
            query?: {
                organisation?: number;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                type?: "company" | "sole_trader" | "person";
                review?: "approved" | "pending" | "rejected";
                sort?: "name" | "-name" | "number" | "-number";
                page?: number;
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProviderPage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_provider: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProviderInput"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Provider"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    export_provider: {
        parameters: {
            query?: {
                organisation?: number;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                type?: "company" | "sole_trader" | "person";
                review?: "approved" | "pending" | "rejected";
                sort?: "name" | "-name" | "number" | "-number";
                page?: number;
                page_size?: number;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description more than 10 000 rows: a job writes the file */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    reveal_provider: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Provider"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_provider: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Provider"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    change_provider: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProviderChange"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Provider"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    remove_provider: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    enable_provider: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Provider"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    disable_provider: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Provider"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_provider_account: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountInput"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DrawnLogin"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_provider_accounts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accounts"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_provider_statistics: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrganisationStatistics"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_properties: {
        parameters: {
            query?: {
                organisation?: number;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                sort?: "name" | "-name" | "number" | "-number";
                page?: number;
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PropertyPage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_property: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PropertyInput"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Property"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    export_property: {
        parameters: {
            query?: {
                organisation?: number;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                sort?: "name" | "-name" | "number" | "-number";
                page?: number;
                page_size?: number;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description more than 10 000 rows: a job writes the file */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    reveal_property: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                property: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Property"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_property: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                property: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Property"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    change_property: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                property: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PropertyChange"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Property"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    remove_property: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                property: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    enable_property: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                property: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Property"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    disable_property: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                property: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Property"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_property_account: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                property: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountInput"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DrawnLogin"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_property_accounts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                property: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accounts"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_property_statistics: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                property: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrganisationStatistics"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_collectives: {
        parameters: {
            query?: {
                organisation?: number;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                sort?: "name" | "-name" | "number" | "-number";
                page?: number;
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CollectivePage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_collective: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CollectiveInput"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Collective"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    export_collective: {
        parameters: {
            query?: {
                organisation?: number;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                sort?: "name" | "-name" | "number" | "-number";
                page?: number;
                page_size?: number;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description more than 10 000 rows: a job writes the file */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    reveal_collective: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                collective: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Collective"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_collective: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                collective: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Collective"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    change_collective: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                collective: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CollectiveChange"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Collective"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    remove_collective: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                collective: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    enable_collective: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                collective: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Collective"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    disable_collective: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                collective: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Collective"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_collective_account: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                collective: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountInput"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DrawnLogin"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_collective_accounts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                collective: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accounts"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_merchants: {
        parameters: {
            query?: {
                organisation?: number;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                type?: "company" | "sole_trader" | "person";
                category?: number;
                sort?: "name" | "-name" | "number" | "-number";
                page?: number;
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MerchantPage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_merchant: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MerchantInput"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Merchant"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    export_merchant: {
        parameters: {
            query?: {
                organisation?: number;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                type?: "company" | "sole_trader" | "person";
                category?: number;
                sort?: "name" | "-name" | "number" | "-number";
                page?: number;
                page_size?: number;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description more than 10 000 rows: a job writes the file */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    reveal_merchant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                merchant: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Merchant"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_merchant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                merchant: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Merchant"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    change_merchant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                merchant: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MerchantChange"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Merchant"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    remove_merchant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                merchant: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    enable_merchant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                merchant: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Merchant"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    disable_merchant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                merchant: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Merchant"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_merchant_account: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                merchant: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountInput"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DrawnLogin"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_merchant_accounts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                merchant: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accounts"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_merchant_categories: {
        parameters: {
            query?: {
                organisation?: number;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                sort?: "name" | "-name" | "position" | "-position";
                page?: number;
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MerchantCategoryPage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_merchant_category: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MerchantCategoryInput"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MerchantCategory"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    export_merchant_category: {
        parameters: {
            query?: {
                organisation?: number;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                sort?: "name" | "-name" | "position" | "-position";
                page?: number;
                page_size?: number;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description more than 10 000 rows: a job writes the file */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_merchant_category: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                merchant_category: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MerchantCategory"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    change_merchant_category: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                merchant_category: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MerchantCategoryChange"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MerchantCategory"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    remove_merchant_category: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                merchant_category: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    enable_merchant_category: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                merchant_category: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MerchantCategory"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    disable_merchant_category: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                merchant_category: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MerchantCategory"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_users: {
        parameters: {
            query?: {
                organisation?: number;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                kind?: "system" | "operator" | "provider" | "property" | "collective" | "merchant";
                department?: number;
                post?: number;
                role?: number;
                sort?: "login" | "-login" | "name" | "-name";
                page?: number;
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserPage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_user: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserInput"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    export_user: {
        parameters: {
            query?: {
                organisation?: number;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                kind?: "system" | "operator" | "provider" | "property" | "collective" | "merchant";
                department?: number;
                post?: number;
                role?: number;
                sort?: "login" | "-login" | "name" | "-name";
                page?: number;
                page_size?: number;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description more than 10 000 rows: a job writes the file */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    reveal_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    change_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserChange"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    remove_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    enable_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    disable_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_roles: {
        parameters: {
            query?: {
                organisation?: number;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                kind?: "system" | "operator" | "provider" | "property" | "collective" | "merchant";
                scope?: "all" | "company" | "sites" | "department_below" | "department" | "self";
                sort?: "name" | "-name";
                page?: number;
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RolePage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_role: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoleInput"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_role: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                role: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    change_role: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                role: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoleChange"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    remove_role: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                role: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    enable_role: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                role: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    disable_role: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                role: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_departments: {
        parameters: {
            query?: {
                organisation?: number;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                parent?: number;
                sort?: "name" | "-name" | "position" | "-position";
                page?: number;
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DepartmentPage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_department: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DepartmentInput"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Department"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    export_department: {
        parameters: {
            query?: {
                organisation?: number;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                parent?: number;
                sort?: "name" | "-name" | "position" | "-position";
                page?: number;
                page_size?: number;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description more than 10 000 rows: a job writes the file */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    reveal_department: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                department: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Department"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_department: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                department: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Department"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    change_department: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                department: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DepartmentChange"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Department"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    remove_department: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                department: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    enable_department: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                department: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Department"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    disable_department: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                department: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Department"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_posts: {
        parameters: {
            query?: {
                organisation?: number;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                department?: number;
                sort?: "name" | "-name" | "position" | "-position";
                page?: number;
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostPage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PostInput"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Post"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    export_post: {
        parameters: {
            query?: {
                organisation?: number;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                department?: number;
                sort?: "name" | "-name" | "position" | "-position";
                page?: number;
                page_size?: number;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description more than 10 000 rows: a job writes the file */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                post: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Post"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    change_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                post: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PostChange"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Post"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    remove_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                post: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    enable_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                post: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Post"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    disable_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                post: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Post"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_user_groups: {
        parameters: {
            query?: {
                site?: string;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                sort?: "name" | "-name";
                page?: number;
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserGroupPage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_user_group: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserGroupInput"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserGroup"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    export_user_group: {
        parameters: {
            query?: {
                site?: string;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                sort?: "name" | "-name";
                page?: number;
                page_size?: number;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description more than 10 000 rows: a job writes the file */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    template_user_group: {
        parameters: {
            query?: {
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    upload_user_group: {
        parameters: {
            query: {
                site: string;
                dry_run?: boolean;
                update?: boolean;
                name?: string;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description the file itself, at most 20 MB */
        requestBody: {
            content: {
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                "text/csv": string;
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_user_group: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_group: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserGroup"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    change_user_group: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_group: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserGroupChange"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserGroup"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    remove_user_group: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_group: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    enable_user_group: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_group: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserGroup"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    disable_user_group: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_group: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserGroup"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_group_members: {
        parameters: {
            query?: {
                site?: string;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                user_group?: number;
                resident?: number;
                sort?: never;
                page?: number;
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupMemberPage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    create_group_member: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GroupMemberInput"];
            };
        };
        responses: {
            /** @description done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupMember"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    export_group_member: {
        parameters: {
            query?: {
                site?: string;
                enabled?: boolean;
                search?: string;
                created_from?: number;
                created_to?: number;
                user_group?: number;
                resident?: number;
                sort?: never;
                page?: number;
                page_size?: number;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description more than 10 000 rows: a job writes the file */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    template_group_member: {
        parameters: {
            query?: {
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    upload_group_member: {
        parameters: {
            query: {
                site: string;
                dry_run?: boolean;
                update?: boolean;
                name?: string;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description the file itself, at most 20 MB */
        requestBody: {
            content: {
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                "text/csv": string;
            };
        };
        responses: {
            /** @description done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    reveal_group_member: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                group_member: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupMember"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_group_member: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                group_member: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupMember"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    change_group_member: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                group_member: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GroupMemberChange"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupMember"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    remove_group_member: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                group_member: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    enable_group_member: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                group_member: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupMember"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    disable_group_member: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                group_member: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupMember"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_reading_report: {
        parameters: {
            query?: {
                site?: string;
                search?: string;
                meter?: number;
                utility?: "electricity" | "water" | "hot_water";
                kind?: "interval" | "on_demand" | "daily_freeze";
                state?: "used" | "recorded" | "quarantined";
                from?: number;
                to?: number;
                before?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadingReportPage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    export_reading_report: {
        parameters: {
            query?: {
                site?: string;
                search?: string;
                meter?: number;
                utility?: "electricity" | "water" | "hot_water";
                kind?: "interval" | "on_demand" | "daily_freeze";
                state?: "used" | "recorded" | "quarantined";
                from?: number;
                to?: number;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description more than 10 000 rows: a job writes the file */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_reading_report_totals: {
        parameters: {
            query?: {
                site?: string;
                search?: string;
                meter?: number;
                utility?: "electricity" | "water" | "hot_water";
                kind?: "interval" | "on_demand" | "daily_freeze";
                state?: "used" | "recorded" | "quarantined";
                from?: number;
                to?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadingReportTotals"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_meter_report: {
        parameters: {
            query?: {
                site?: string;
                search?: string;
                meter?: number;
                utility?: "electricity" | "water" | "hot_water";
                mode?: "prepaid" | "reading";
                relay?: "unknown" | "closed" | "open" | "opening" | "awaiting_button";
                before?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeterReportPage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    export_meter_report: {
        parameters: {
            query?: {
                site?: string;
                search?: string;
                meter?: number;
                utility?: "electricity" | "water" | "hot_water";
                mode?: "prepaid" | "reading";
                relay?: "unknown" | "closed" | "open" | "opening" | "awaiting_button";
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description more than 10 000 rows: a job writes the file */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_meter_report_totals: {
        parameters: {
            query?: {
                site?: string;
                search?: string;
                meter?: number;
                utility?: "electricity" | "water" | "hot_water";
                mode?: "prepaid" | "reading";
                relay?: "unknown" | "closed" | "open" | "opening" | "awaiting_button";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeterReportTotals"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_payment_report: {
        parameters: {
            query?: {
                site?: string;
                search?: string;
                meter?: number;
                state?: "paid" | "closed";
                utility?: "electricity" | "water" | "hot_water";
                method?: "cash" | "transfer" | "wechat" | "alipay" | "free";
                from?: number;
                to?: number;
                before?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentReportPage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    export_payment_report: {
        parameters: {
            query?: {
                site?: string;
                search?: string;
                meter?: number;
                state?: "paid" | "closed";
                utility?: "electricity" | "water" | "hot_water";
                method?: "cash" | "transfer" | "wechat" | "alipay" | "free";
                from?: number;
                to?: number;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description more than 10 000 rows: a job writes the file */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_payment_report_totals: {
        parameters: {
            query?: {
                site?: string;
                search?: string;
                meter?: number;
                state?: "paid" | "closed";
                utility?: "electricity" | "water" | "hot_water";
                method?: "cash" | "transfer" | "wechat" | "alipay" | "free";
                from?: number;
                to?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentReportTotals"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_energy_report: {
        parameters: {
            query?: {
                site?: string;
                search?: string;
                meter?: number;
                utility?: "electricity" | "water" | "hot_water";
                from?: number;
                to?: number;
                before?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnergyReportPage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    export_energy_report: {
        parameters: {
            query?: {
                site?: string;
                search?: string;
                meter?: number;
                utility?: "electricity" | "water" | "hot_water";
                from?: number;
                to?: number;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description more than 10 000 rows: a job writes the file */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_energy_report_totals: {
        parameters: {
            query?: {
                site?: string;
                search?: string;
                meter?: number;
                utility?: "electricity" | "water" | "hot_water";
                from?: number;
                to?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnergyReportTotals"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_bill_report: {
        parameters: {
            query?: {
                site?: string;
                search?: string;
                meter?: number;
                utility?: "electricity" | "water" | "hot_water";
                state?: "due" | "settled";
                from?: number;
                to?: number;
                before?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BillReportPage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    export_bill_report: {
        parameters: {
            query?: {
                site?: string;
                search?: string;
                meter?: number;
                utility?: "electricity" | "water" | "hot_water";
                state?: "due" | "settled";
                from?: number;
                to?: number;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description more than 10 000 rows: a job writes the file */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_bill_report_totals: {
        parameters: {
            query?: {
                site?: string;
                search?: string;
                meter?: number;
                utility?: "electricity" | "water" | "hot_water";
                state?: "due" | "settled";
                from?: number;
                to?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BillReportTotals"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_switch_report: {
        parameters: {
            query?: {
                site?: string;
                search?: string;
                meter?: number;
                utility?: "electricity" | "water" | "hot_water";
                kind?: "trip" | "close";
                state?: "queued" | "sent" | "acked" | "verified" | "failed" | "expired" | "cancelled";
                cause?: "forced" | "arrears" | "recharged" | "reconcile" | "person" | "stale_reading" | "scheduled" | "fee";
                from?: number;
                to?: number;
                before?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SwitchReportPage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    export_switch_report: {
        parameters: {
            query?: {
                site?: string;
                search?: string;
                meter?: number;
                utility?: "electricity" | "water" | "hot_water";
                kind?: "trip" | "close";
                state?: "queued" | "sent" | "acked" | "verified" | "failed" | "expired" | "cancelled";
                cause?: "forced" | "arrears" | "recharged" | "reconcile" | "person" | "stale_reading" | "scheduled" | "fee";
                from?: number;
                to?: number;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description more than 10 000 rows: a job writes the file */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_order_report: {
        parameters: {
            query?: {
                site?: string;
                search?: string;
                meter?: number;
                utility?: "electricity" | "water" | "hot_water";
                kind?: "trip" | "close" | "keep_power_on" | "keep_power_off" | "read" | "set_clock" | "clear" | "temperature_valve_open" | "temperature_valve_close" | "automatic_on" | "automatic_off";
                state?: "queued" | "sent" | "acked" | "verified" | "failed" | "expired" | "cancelled";
                cause?: "forced" | "arrears" | "recharged" | "reconcile" | "person" | "stale_reading" | "scheduled" | "fee";
                from?: number;
                to?: number;
                before?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderReportPage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    export_order_report: {
        parameters: {
            query?: {
                site?: string;
                search?: string;
                meter?: number;
                utility?: "electricity" | "water" | "hot_water";
                kind?: "trip" | "close" | "keep_power_on" | "keep_power_off" | "read" | "set_clock" | "clear" | "temperature_valve_open" | "temperature_valve_close" | "automatic_on" | "automatic_off";
                state?: "queued" | "sent" | "acked" | "verified" | "failed" | "expired" | "cancelled";
                cause?: "forced" | "arrears" | "recharged" | "reconcile" | "person" | "stale_reading" | "scheduled" | "fee";
                from?: number;
                to?: number;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description more than 10 000 rows: a job writes the file */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_freeze_report: {
        parameters: {
            query?: {
                site?: string;
                search?: string;
                meter?: number;
                utility?: "electricity" | "water" | "hot_water";
                state?: "collected" | "missing";
                from?: number;
                to?: number;
                before?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FreezeReportPage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    export_freeze_report: {
        parameters: {
            query?: {
                site?: string;
                search?: string;
                meter?: number;
                utility?: "electricity" | "water" | "hot_water";
                state?: "collected" | "missing";
                from?: number;
                to?: number;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description more than 10 000 rows: a job writes the file */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_settlement_report: {
        parameters: {
            query?: {
                site?: string;
                search?: string;
                meter?: number;
                utility?: "electricity" | "water" | "hot_water";
                method?: "cash" | "transfer" | "wechat" | "alipay" | "free";
                end?: "settled" | "closed";
                from?: number;
                to?: number;
                before?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettlementReportPage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    export_settlement_report: {
        parameters: {
            query?: {
                site?: string;
                search?: string;
                meter?: number;
                utility?: "electricity" | "water" | "hot_water";
                method?: "cash" | "transfer" | "wechat" | "alipay" | "free";
                end?: "settled" | "closed";
                from?: number;
                to?: number;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description more than 10 000 rows: a job writes the file */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_settlement_report_totals: {
        parameters: {
            query?: {
                site?: string;
                search?: string;
                meter?: number;
                utility?: "electricity" | "water" | "hot_water";
                method?: "cash" | "transfer" | "wechat" | "alipay" | "free";
                end?: "settled" | "closed";
                from?: number;
                to?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettlementReportTotals"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_refund_report: {
        parameters: {
            query?: {
                site?: string;
                search?: string;
                meter?: number;
                utility?: "electricity" | "water" | "hot_water";
                kind?: "refund" | "collected" | "adjustment" | "fee";
                method?: "cash" | "transfer" | "wechat" | "alipay" | "free";
                from?: number;
                to?: number;
                before?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundReportPage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    export_refund_report: {
        parameters: {
            query?: {
                site?: string;
                search?: string;
                meter?: number;
                utility?: "electricity" | "water" | "hot_water";
                kind?: "refund" | "collected" | "adjustment" | "fee";
                method?: "cash" | "transfer" | "wechat" | "alipay" | "free";
                from?: number;
                to?: number;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description more than 10 000 rows: a job writes the file */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_refund_report_totals: {
        parameters: {
            query?: {
                site?: string;
                search?: string;
                meter?: number;
                utility?: "electricity" | "water" | "hot_water";
                kind?: "refund" | "collected" | "adjustment" | "fee";
                method?: "cash" | "transfer" | "wechat" | "alipay" | "free";
                from?: number;
                to?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundReportTotals"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_clearing_report: {
        parameters: {
            query?: {
                site?: string;
                search?: string;
                meter?: number;
                utility?: "electricity" | "water" | "hot_water";
                kind?: "clear" | "replace" | "typed";
                from?: number;
                to?: number;
                before?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClearingReportPage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    export_clearing_report: {
        parameters: {
            query?: {
                site?: string;
                search?: string;
                meter?: number;
                utility?: "electricity" | "water" | "hot_water";
                kind?: "clear" | "replace" | "typed";
                from?: number;
                to?: number;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description more than 10 000 rows: a job writes the file */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_clearing_report_totals: {
        parameters: {
            query?: {
                site?: string;
                search?: string;
                meter?: number;
                utility?: "electricity" | "water" | "hot_water";
                kind?: "clear" | "replace" | "typed";
                from?: number;
                to?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClearingReportTotals"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    list_connection_report: {
        parameters: {
            query?: {
                site?: string;
                search?: string;
                meter?: number;
                kind?: "gateway" | "meter";
                state?: "online" | "offline";
                from?: number;
                to?: number;
                before?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionReportPage"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    export_connection_report: {
        parameters: {
            query?: {
                site?: string;
                search?: string;
                meter?: number;
                kind?: "gateway" | "meter";
                state?: "online" | "offline";
                from?: number;
                to?: number;
                /** @description of words and labels; otherwise Accept-Language */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description more than 10 000 rows: a job writes the file */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description an error; nothing was changed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
}
