# One environment, two Druid clusters: one that reads S3 by itself, one on premises that gets signed addresses.

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

module "sluice" {
  source       = "../.."
  function_zip = "../../../target/function.zip"
  environment  = "two"

  # Definitions name them: clusters: [main, onprem]
  clusters = {
    main = {
      url           = "https://druid.example.com"
      druid_version = "37"
      secret        = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:sluice/two/main-AbCdEf"
    }
    onprem = {
      url             = "https://druid.example.org:9088"
      overlord_url    = "https://druid.example.org:8290"
      coordinator_url = "https://druid.example.org:8281"
      object_access   = "presigned"
      auto_kill       = "off"
      secret          = "/sluice/two/onprem"
    }
  }
}

output "druid_read_policy" {
  description = "For the tasks of `main`; `onprem` needs no access to S3."
  value       = module.sluice.druid_read_policy
}
