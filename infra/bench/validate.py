"""What people write instead: a Lambda function in Python that validates an ingestion spec against a JSON Schema.

Speaks the Lambda Runtime API, as the functions do. The schema is the contract for Druid 33, the event is the spec.
Argument: the folder of the schema files.
"""

import json
import os
import pathlib
import sys

import jsonschema
import requests


def validator(folder):
    files = {path.name: json.loads(path.read_text()) for path in pathlib.Path(folder).glob("*.json")}
    schemas = {name: schema for name, schema in files.items() if "$schema" in schema}
    task = schemas["task.json"]
    try:
        from referencing import Registry, Resource
        from referencing.jsonschema import DRAFT202012
    except ImportError:  # jsonschema before 4.18, as Debian 12 has it
        resolver = jsonschema.RefResolver(base_uri="", referrer=task, store=schemas)
        return jsonschema.Draft202012Validator(task, resolver=resolver)
    registry = Registry().with_resources(
        (name, Resource(contents=schema, specification=DRAFT202012)) for name, schema in schemas.items()
    )
    return jsonschema.Draft202012Validator(task, registry=registry)


api = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2018-06-01/runtime/invocation/"
check = validator(sys.argv[1])
session = requests.Session()
while True:
    invocation = session.get(api + "next")
    findings = [error.message for error in check.iter_errors(invocation.json())]
    session.post(api + invocation.headers["Lambda-Runtime-Aws-Request-Id"] + "/response", json={"findings": findings})
