data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  # What runs when, and the table whose keys the code relies on. The sandbox reads the same files. They are there wherever
  # the repository was cloned whole, as by a source such as git::https://.../sluice.git//terraform. Where this folder was
  # copied alone it brings its own copies, which a test holds equal.
  infra  = "${path.module}/../infra"
  routes = jsondecode(file(fileexists("${local.infra}/events/routes.json") ? "${local.infra}/events/routes.json" : "${path.module}/copies/routes.json"))
  table  = jsondecode(file(fileexists("${local.infra}/sandbox/table.json") ? "${local.infra}/sandbox/table.json" : "${path.module}/copies/table.json"))

  # What each function may do, by resource; PermissionsTest holds it against the code.
  permissions = jsondecode(file("${path.module}/permissions.json"))

  name       = "${var.prefix}-${var.environment}"
  account_id = data.aws_caller_identity.current.account_id
  partition  = data.aws_partition.current.partition
  region     = data.aws_region.current.name

  functions = {
    for name, f in local.routes.functions : name => {
      memory_megabytes = coalesce(try(var.functions[name].memory_megabytes, null), f.memoryMegabytes)
      timeout_seconds  = coalesce(try(var.functions[name].timeout_seconds, null), f.timeoutSeconds)
      # -1 is Lambda's word for none.
      reserved_concurrency = var.reserve_concurrency ? coalesce(try(var.functions[name].reserved_concurrency, null), f.concurrency) : -1
      # As many batches at once as the function may run; AWS takes no fewer than 2.
      concurrent_batches = max(2, coalesce(try(var.functions[name].reserved_concurrency, null), f.concurrency))
    }
  }
}
