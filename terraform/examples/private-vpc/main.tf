# A Druid in private subnets, without a NAT gateway: the functions reach AWS by VPC endpoints.

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

variable "vpc_id" {
  type = string
}

variable "subnet_ids" {
  description = "Private subnets, in two zones."
  type        = list(string)
}

variable "route_table_ids" {
  description = "Route tables of the subnets."
  type        = list(string)
}

variable "druid_security_group_id" {
  description = "Security group of Druid's router."
  type        = string
}

data "aws_vpc" "this" {
  id = var.vpc_id
}

module "sluice" {
  source       = "../.."
  function_zip = "../../../target/function.zip"
  environment  = "private"

  clusters = { main = { url = "https://router.druid.internal:9088", secret = "/sluice/private/druid" } }

  network = {
    vpc_id            = var.vpc_id
    subnet_ids        = var.subnet_ids
    druid_cidr_blocks = [data.aws_vpc.this.cidr_block]
  }
}

resource "aws_vpc_security_group_ingress_rule" "druid" {
  security_group_id            = var.druid_security_group_id
  referenced_security_group_id = module.sluice.security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 8888
  to_port                      = 8888
}

resource "aws_vpc_endpoint" "gateway" {
  for_each = toset(["dynamodb", "s3"])

  vpc_id            = var.vpc_id
  service_name      = "com.amazonaws.eu-central-1.${each.value}"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = var.route_table_ids
}

resource "aws_security_group" "endpoints" {
  name_prefix = "sluice-endpoints-"
  description = "Endpoints that Sluice's functions call"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "endpoints" {
  security_group_id            = aws_security_group.endpoints.id
  referenced_security_group_id = module.sluice.security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
}

# The bus, and where secrets are. Lambda reads queues and writes logs from outside of the VPC.
resource "aws_vpc_endpoint" "interface" {
  for_each = toset(["events", "secretsmanager", "ssm"])

  vpc_id              = var.vpc_id
  service_name        = "com.amazonaws.eu-central-1.${each.value}"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = var.subnet_ids
  security_group_ids  = [aws_security_group.endpoints.id]
}
