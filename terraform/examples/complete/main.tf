# A production environment: keys of its own, a domain with JWT, alarms to a topic and to mail, a boundary for every role.

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

provider "aws" {
  region = "eu-central-1"

  default_tags {
    tags = { team = "data", service = "sluice" }
  }
}

variable "kms_key_arn" {
  description = "A key whose policy lets S3, EventBridge, EventBridge Scheduler and CloudWatch Logs use it."
  type        = string
}

variable "certificate_arn" {
  type = string
}

variable "hosted_zone_id" {
  type = string
}

variable "alarm_topic_arn" {
  type = string
}

# Its value is put there by hand or by a rotation, never by Terraform.
resource "aws_secretsmanager_secret" "druid" {
  name       = "sluice/prod/druid"
  kms_key_id = var.kms_key_arn
}

resource "aws_secretsmanager_secret" "kafka" {
  name       = "sluice/prod/kafka"
  kms_key_id = var.kms_key_arn
}

module "sluice" {
  source = "../.."

  environment              = "prod"
  role_path                = "/data/"
  permissions_boundary_arn = "arn:aws:iam::123456789012:policy/boundary"
  tags                     = { stage = "prod" }

  function_s3_object = {
    bucket = "example-artifacts"
    key    = "sluice/function.zip"
    sha256 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
  }
  architecture = "arm64"
  xray         = true

  functions = {
    generate = { memory_megabytes = 1024, reserved_concurrency = 10 }
    gate     = { reserved_concurrency = 10 }
  }

  clusters = {
    main = {
      url           = "https://druid.example.com"
      secret        = aws_secretsmanager_secret.druid.arn
      druid_version = "33"
      timeout       = "PT30S"
    }
  }

  definition_variables = { KAFKA = "broker-1.example.com:9096" }
  definition_secrets   = { KAFKA_PASSWORD = "${aws_secretsmanager_secret.kafka.arn}#password" }
  secret_kms_key_arns  = [var.kms_key_arn]

  landing_buckets = {
    landing = { prefix = "events/", versioning = true, kms_key_arn = var.kms_key_arn }
    partner = { prefix = "drop/", suffix = ".json.gz", kms_key_arn = var.kms_key_arn }
  }
  definitions = { kms_key_arn = var.kms_key_arn }

  table_kms_key_arn           = var.kms_key_arn
  queue_kms_key_arn           = var.kms_key_arn
  log_kms_key_arn             = var.kms_key_arn
  environment_kms_key_arn     = var.kms_key_arn
  log_retention_days          = 90
  restrict_dead_letter_queues = true

  schedules = { retain = { expression = "cron(0 3 * * ? *)", timezone = "Europe/Berlin" } }

  retention_max_share     = 0.2
  retention_min_buffer    = "P2D"
  default_max_sub_tasks   = 8
  settings_check_interval = "PT5M"

  api_authorization = "JWT"
  api_jwt = {
    issuer   = "https://login.example.com"
    audience = ["sluice"]
    scopes   = ["sluice/write"]
  }
  api_roles = {
    pipeline = { claims = { sub = "pipeline" }, roles = ["read", "plan", "apply", "operate"] }
    people   = { claims = { groups = "data" }, roles = ["read", "plan"] }
    on_call  = { claims = { groups = "data-oncall" }, roles = ["read", "plan", "apply", "operate", "destroy"] }
  }
  api_throttling = { rate = 50, burst = 100 }
  api_domain = {
    name            = "sluice.example.com"
    certificate_arn = var.certificate_arn
    hosted_zone_id  = var.hosted_zone_id
  }

  notify = { sns = [var.alarm_topic_arn], email = ["data-oncall@example.com"] }
}

output "curl" {
  value = module.sluice.curl
}

output "druid_read_policy" {
  description = "For the role of Druid's tasks."
  value       = module.sluice.druid_read_policy
}
