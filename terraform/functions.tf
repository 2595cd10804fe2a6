locals {
  bus_name          = var.event_bus.create ? aws_cloudwatch_event_bus.this[0].name : var.event_bus.name
  made_landing_name = try(aws_s3_bucket.this["landing"].bucket, null)

  # A definition in the README says $${LANDING_BUCKET}, so the simplest deployment has it.
  definition_variables = merge(
    local.landing_is_made_here ? { LANDING_BUCKET = local.made_landing_name } : {},
    var.definition_variables,
  )

  cluster_environment = merge([
    for name, c in var.clusters : {
      for key, value in {
        URL              = c.url
        OVERLORD_URL     = c.overlord_url
        COORDINATOR_URL  = c.coordinator_url
        SECRET           = c.secret
        OBJECT_ACCESS    = c.object_access
        DRUID_VERSION    = c.druid_version
        DRUID_EXTENSIONS = c.druid_extensions
        AUTO_KILL        = c.auto_kill
        CONSOLE          = c.console
        TIMEOUT          = c.timeout

        INVENTORY_TIMEOUT     = c.inventory_timeout
        PLAINTEXT_CREDENTIALS = c.plaintext_credentials
      } : "SLUICE_CLUSTERS_${upper(name)}_${key}" => value if value != null
    }
  ]...)

  # References only: what they refer to is read by the functions.
  secret_environment = length(var.definition_secrets) == 0 ? {} : {
    SLUICE_SECRETS = join(",", [for name, reference in var.definition_secrets : "${name}=${reference}"])
  }

  metrics_environment = length(var.metrics_datasources) == 0 ? {} : {
    SLUICE_METRICS_DATASOURCES = join(",", var.metrics_datasources)
  }

  # Without what is empty, which the function would take for a mistake.
  api_roles_environment = var.api_roles == null ? {} : {
    SLUICE_GATE_ROLES = jsonencode([
      for name, entry in var.api_roles : merge(
        { roles = entry.roles, datasources = entry.datasources },
        length(entry.principals) == 0 ? {} : { principals = entry.principals },
        length(entry.claims) == 0 ? {} : { claims = entry.claims },
      )
    ])
  }

  # A bucket that was deleted can be created again by anybody. The queue's policy names the same owners.
  bucket_owners = [
    for key, name in local.bucket_names : "${name}=${coalesce(try(var.landing_buckets[key].account_id, null), local.account_id)}"
    if key != local.definitions_key || local.buckets[key].create
  ]

  reach_environment = merge(
    var.definition_buckets == null ? {} : {
      SLUICE_BUCKETS = join(",", flatten([for datasource, places in var.definition_buckets : [for place in places : "${datasource}=${place}"]]))
    },
    length(var.definition_reach) == 0 ? {} : { SLUICE_REACH = join(",", var.definition_reach) },
    length(local.bucket_owners) == 0 ? {} : { SLUICE_BUCKET_OWNERS = join(",", local.bucket_owners) },
  )

  environment = merge(
    var.extra_environment,
    local.metrics_environment,
    local.definition_variables,
    { for name, value in local.settings : "SLUICE_${name}" => tostring(value) if value != null },
    local.cluster_environment,
    local.secret_environment,
    local.api_roles_environment,
    local.reach_environment,
    {
      SLUICE_ENVIRONMENT = var.environment
      SLUICE_TABLE       = aws_dynamodb_table.state.name
      SLUICE_BUS         = local.bus_name
      SLUICE_DEFINITIONS = "s3://${local.bucket_names[local.definitions_key]}/${local.definitions_prefix}"
      # The executable is no main program under Lambda: it must leave signals to the environment around it.
      DISABLE_SIGNAL_HANDLERS = "true"
    },
    length(local.definition_variables) == 0 ? {} : { SLUICE_VARIABLES = join(",", keys(local.definition_variables)) },
  )
}

resource "aws_lambda_function" "this" {
  for_each = local.functions

  function_name                  = "${local.name}-${each.key}"
  description                    = "Sluice, environment ${var.environment}: ${each.key}"
  role                           = aws_iam_role.function[each.key].arn
  runtime                        = "provided.al2023"
  handler                        = "bootstrap"
  architectures                  = [var.architecture]
  memory_size                    = each.value.memory_megabytes
  timeout                        = each.value.timeout_seconds
  reserved_concurrent_executions = each.value.reserved_concurrency
  kms_key_arn                    = var.environment_kms_key_arn
  tags                           = var.tags

  filename          = var.function_zip
  s3_bucket         = try(local.package.bucket, null)
  s3_key            = try(local.package.key, null)
  s3_object_version = try(local.package.version, null)
  source_code_hash  = var.function_zip == null ? try(local.package.sha256, null) : filebase64sha256(var.function_zip)

  environment {
    variables = merge(local.environment, { QUARKUS_FUNQY_EXPORT = each.key })
  }

  tracing_config {
    mode = var.xray ? "Active" : "PassThrough"
  }

  dynamic "vpc_config" {
    for_each = var.network == null ? [] : [var.network]

    content {
      subnet_ids         = vpc_config.value.subnet_ids
      security_group_ids = concat(aws_security_group.functions[*].id, vpc_config.value.security_group_ids)
    }
  }

  lifecycle {
    # No validation of the variable: `terraform validate` must pass before the package is built.
    precondition {
      condition     = var.function_zip == null || try(fileexists(var.function_zip), false)
      error_message = "function_zip is a file that does not exist. Build it with: ./mvnw package -Dnative"
    }

    precondition {
      condition     = length(jsonencode(merge(local.environment, { QUARKUS_FUNQY_EXPORT = each.key }))) <= 4096
      error_message = "The environment variables of ${each.key} come to more than the 4 KB that Lambda takes. Shorten definition_variables or extra_environment, or name fewer clusters."
    }
  }

  # Lambda would make a log group of its own, without retention, and looks at once whether the role may do what it is for.
  depends_on = [aws_cloudwatch_log_group.function, aws_iam_role_policy.function]
}

resource "aws_cloudwatch_log_group" "function" {
  for_each = local.functions

  name              = "/aws/lambda/${local.name}-${each.key}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_kms_key_arn
  tags              = var.tags
}
