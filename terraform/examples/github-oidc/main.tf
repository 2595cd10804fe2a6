# Definitions are planned on pull requests and applied from the main branch, by two roles: a pull request, whose code
# nobody has read yet, can get the first one only.

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
}

variable "repository" {
  description = "GitHub repository with the definitions."
  type        = string
  default     = "example/definitions"

  validation {
    condition     = can(regex("^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$", var.repository))
    error_message = "repository must be owner/name."
  }
}

module "sluice" {
  source       = "../.."
  function_zip = "../../../target/function.zip"
  clusters     = { main = { url = "https://druid.example.com" } }
}

# One per account: where there is one, take a data source instead.
resource "aws_iam_openid_connect_provider" "github" {
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

locals {
  roles = {
    plan  = { subject = "repo:${var.repository}:pull_request", policy = module.sluice.api_read_policy }
    apply = { subject = "repo:${var.repository}:ref:refs/heads/main", policy = module.sluice.api_write_policy }
  }
}

resource "aws_iam_role" "github" {
  for_each = local.roles

  name                 = "${module.sluice.name}-github-${each.key}"
  max_session_duration = 3600

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = aws_iam_openid_connect_provider.github.arn }
      Condition = {
        StringEquals = {
          "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
          "token.actions.githubusercontent.com:sub" = each.value.subject
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "github" {
  for_each = local.roles

  name   = "api"
  role   = aws_iam_role.github[each.key].name
  policy = each.value.policy
}

output "plan_role_arn" {
  description = "For `aws-actions/configure-aws-credentials` in the workflow on pull requests."
  value       = aws_iam_role.github["plan"].arn
}

output "apply_role_arn" {
  description = "For the workflow on the main branch."
  value       = aws_iam_role.github["apply"].arn
}
