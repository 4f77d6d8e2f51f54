// The main job: look at release and target, translate, check, hand over to Helm.
#pragma once

#include "helm/command_line.hpp"
#include "upgrade/console.hpp"
#include "upgrade/prepare.hpp"

namespace upgrade {

// `helm c8upgrade RELEASE CHART …`. Does not return when it hands over: the process becomes Helm.
// With --watch it waits for Helm and returns Helm's exit code. Throws base::Failure when it cannot
// go on (exit 1) and when findings stop it (exit 3); in both cases nothing has been changed.
int run(const helm::CommandLine&, Console&);

// What is told before and after the last look: headline, summary and findings; what was changed (or
// would be, in a dry run) and that there is no way back.
void show(const Prepared&, Console&);
void say_changes(const Prepared&, helm::DryRun, Console&);

}  // namespace upgrade
